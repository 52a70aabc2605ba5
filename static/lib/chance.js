// The browser's chance, in the shape that models are handed. Tests have their own.

/** 0 to below 1. */
export const random = () => Math.random();

/** A UUID of version 4. `crypto.randomUUID` is missing where a page comes without TLS, as in many a house network. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
