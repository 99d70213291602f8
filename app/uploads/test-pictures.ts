import { crc32 } from "node:zlib";
import sharp, { type Sharp } from "sharp";

/** A picture with a gradient, so that it has something to compress. */
export function picture(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at++) pixels[at] = (at * 7 + Math.floor(at / width)) % 256;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** Bytes as a chosen file; what it calls itself counts for nothing. */
export function fileOf(bytes: Buffer | string, name = "picture.png", type = "image/png"): File {
  return new File([typeof bytes === "string" ? bytes : new Uint8Array(bytes)], name, { type });
}

/** A PNG of one chunk that claims to be as large as one likes: what a pixel bomb is. */
export function pngClaiming(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  const start = Buffer.concat([signature, chunk("IHDR", header)]);
  return Buffer.concat([start, chunk("IDAT", Buffer.from("789c63000100000500010d0a2db4", "hex")), chunk("IEND")]);
}

function chunk(type: string, content = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), whole.length - 4);
  return whole;
}
