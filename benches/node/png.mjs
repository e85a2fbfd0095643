// Converts pictures to PNG, for a scorer that cannot decode AVIF.
//
//   node png.mjs < lines of "picture, tab, PNG to write"
import { readFileSync } from "node:fs";
import sharp from "sharp";

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const [picture, png] = line.split("\t");
  await sharp(picture).png({ compressionLevel: 1 }).toFile(png);
}
