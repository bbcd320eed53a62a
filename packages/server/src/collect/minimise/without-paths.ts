import { isJsonObject, type JsonObject } from '@tenth/model/json.ts';

/** The object less what the paths name, such as `page.referrer`; itself where it has nothing of them. */
export function withoutPaths(object: JsonObject, paths: readonly string[]): JsonObject {
  return paths.reduce((kept, path) => withoutPath(kept, path.split('.')), object);
}

function withoutPath(object: JsonObject, [key = '', ...further]: readonly string[]): JsonObject {
  const inner = object[key];
  if (inner === undefined) {
    return object;
  }
  if (further.length === 0) {
    const { [key]: _, ...rest } = object;
    return rest;
  }
  return isJsonObject(inner) ? { ...object, [key]: withoutPath(inner, further) } : object;
}
