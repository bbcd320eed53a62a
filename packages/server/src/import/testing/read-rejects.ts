import { readFile } from 'node:fs/promises';
import type { JsonObject } from '@tenth/model/json.ts';

export async function readRejects(path: string): Promise<readonly JsonObject[]> {
  const text = await readFile(path, 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
