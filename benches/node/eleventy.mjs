// The same squares with @11ty/eleventy-img, which crops by a transform for each size.
//
//   node eleventy.mjs '{photographs: [path], out, sizes, formats: {webp: {quality: 80}}}'
import path from "node:path";
import Image from "@11ty/eleventy-img";

const task = JSON.parse(process.argv[2]);
await Promise.all(task.photographs.flatMap((photograph) => task.sizes.map((size) =>
  Image(photograph, {
    widths: ["auto"],
    formats: Object.keys(task.formats),
    outputDir: task.out,
    useCache: false,
    fixOrientation: true,
    transform: (sharp) => sharp.resize(size, size),
    sharpWebpOptions: task.formats.webp,
    sharpJpegOptions: task.formats.jpeg,
    filenameFormat: (_id, source, _width, format) => `${path.parse(source).name}-${size}.${format}`,
  }))));
