// A style sheet that comes later than the page's own. Which one, and when, is for who needs it to say.

const coming = new Map(); // address -> promise

/** Resolves once the sheet holds; rejects when it cannot be had, and the next call tries again. */
export function wear(address) {
  if (!coming.has(address)) coming.set(address, fetched(address));
  return coming.get(address);
}

function fetched(address) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  return new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => {
      link.remove();
      coming.delete(address);
      reject(new Error(`${address} could not be loaded`));
    };
    document.head.append(link);
  });
}
