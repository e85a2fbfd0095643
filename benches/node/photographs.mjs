// Makes a set of distinct 12-megapixel photographs from a few real ones, the same on every run.
//
//   node photographs.mjs SOURCES OUT COUNT
//
// A source of 4032 x 3024 is used unchanged once; otherwise a 4:3 crop of it is scaled, and gets
// another brightness and grain. Every fifth is portrait, by EXIF orientation 6; every seventh is
// progressive.
import fs from "node:fs";
import path from "node:path";
import sharp from "sharp";

const [sources, out, count] = process.argv.slice(2);
const LONG = 4032;
const SHORT = 3024;

// mulberry32: small, seeded, good enough to choose crops.
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// A crop with the given aspect ratio, never much smaller than the result.
function window(width, height, ratio, next) {
  const most = Math.min(width, height * ratio);
  const least = Math.min(most, 0.75 * (ratio > 1 ? LONG : SHORT));
  const w = Math.floor(least + next() * (most - least));
  const h = Math.min(height, Math.floor(w / ratio));
  return { left: Math.floor(next() * (width - w)), top: Math.floor(next() * (height - h)), width: w, height: h };
}

// The noise of a small sensor: enlarged or smoothed pictures would be too easy to decode.
function grain(pixels, next) {
  for (let at = 0; at < pixels.length; at += 3) {
    const light = Math.round((next() + next() - 1) * 9);
    for (let channel = at; channel < at + 3; channel += 1) {
      pixels[channel] = Math.max(0, Math.min(255, pixels[channel] + light));
    }
  }
}

async function make(source, number, to) {
  const next = random(number + 1);
  const portrait = number % 5 === 2;
  const [wide, high] = portrait ? [SHORT, LONG] : [LONG, SHORT];
  const upright = await sharp(source).autoOrient().toColourspace("srgb").removeAlpha()
    .raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = upright.info;
  const pixels = await sharp(upright.data, { raw: { width, height, channels } })
    .extract(window(width, height, wide / high, next))
    .flop(next() < 0.5)
    .resize(wide, high, { fit: "fill", kernel: "lanczos3" })
    .modulate({ brightness: 0.85 + next() * 0.3, saturation: 0.9 + next() * 0.2 })
    .raw().toBuffer();
  grain(pixels, next);
  let kept = sharp(pixels, { raw: { width: wide, height: high, channels: 3 } });
  if (portrait) kept = kept.rotate(270).withMetadata({ orientation: 6 });
  await kept.jpeg({ quality: 90, chromaSubsampling: "4:2:0", progressive: number % 7 === 3 }).toFile(to);
}

const files = fs.readdirSync(sources).filter((name) => /\.jpe?g$/i.test(name)).sort();
fs.mkdirSync(out, { recursive: true });
for (let number = 0; number < Number(count); number += 1) {
  const to = path.join(out, `photo-${String(number).padStart(3, "0")}.jpg`);
  if (fs.existsSync(to)) continue;
  const source = path.join(sources, files[number % files.length]);
  const { width, height } = await sharp(source).metadata();
  if (number < files.length && width === LONG && height === SHORT) fs.copyFileSync(source, to);
  else await make(source, number, to);
}
