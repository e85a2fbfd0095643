// Squares of photographs with sharp, in an optimised way ("once") or as sites usually do ("each").
//
//   node sharp.mjs '{photographs: [path], out, sizes, formats: {webp: {quality: 80}}, way, jobs}'
import path from "node:path";
import sharp from "sharp";

const task = JSON.parse(process.argv[2]);
sharp.cache(false);
sharp.concurrency(1);

const file = (name, size, format) => path.join(task.out, `${name}-${size}.${format}`);
const variants = (make) =>
  Promise.all(task.sizes.flatMap((size) =>
    Object.entries(task.formats).map(([format, options]) => make(size, format, options))));

// Decodes once: makes the largest size, and the others from its pixels.
async function once(photograph, name) {
  const edge = Math.max(...task.sizes);
  const { data, info: raw } = await sharp(photograph).autoOrient().resize(edge, edge)
    .raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = raw;
  await variants((size, format, options) => {
    const pixels = sharp(data, { raw: { width, height, channels } });
    return (size === edge ? pixels : pixels.resize(size, size))
      .toFormat(format, options).toFile(file(name, size, format));
  });
}

// Makes every variant from the file.
const each = (photograph, name) => variants((size, format, options) =>
  sharp(photograph).autoOrient().resize(size, size)
    .toFormat(format, options).toFile(file(name, size, format)));

const make = { once, each }[task.way];
const waiting = [...task.photographs];
await Promise.all(Array.from({ length: task.jobs }, async () => {
  for (let photograph; (photograph = waiting.shift());) {
    await make(photograph, path.parse(photograph).name);
  }
}));
