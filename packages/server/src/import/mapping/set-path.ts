import type { Json } from '@tenth/model/json.ts';

type Container = Record<string, Json> | Json[];

/**
 * Puts a value at a dotted path of a message in the making. A number makes an array:
 * `properties.products.0.price`.
 */
export function setPath(message: Record<string, Json>, path: string, value: Json): void {
  const keys = path.split('.');
  let container: Container = message;
  keys.forEach((key, depth) => {
    const next = keys[depth + 1];
    if (next === undefined) {
      write(container, key, value);
      return;
    }
    const found = read(container, key);
    if (typeof found === 'object' && found !== null) {
      // Made by this very function, so it is not read-only.
      container = found as Container;
    } else {
      const made: Container = /^\d+$/.test(next) ? [] : {};
      write(container, key, made);
      container = made;
    }
  });
}

function read(container: Container, key: string): Json | undefined {
  if (Array.isArray(container)) {
    return container[Number(key)];
  }
  return Object.hasOwn(container, key) ? container[key] : undefined;
}

function write(container: Container, key: string, value: Json): void {
  if (Array.isArray(container)) {
    container[Number(key)] = value;
  } else {
    container[key] = value;
  }
}
