import type { Route } from '@tenth/model/api/route.ts';
import { routes } from '@tenth/model/api.ts';
import { eventStreamPath } from '@tenth/model/timeline-event.ts';
import { expect, test } from 'vitest';
import { endpoints } from '../collection/endpoints.ts';
import { createOpenApiDocument, type Operation } from './openapi-document.ts';

const document = createOpenApiDocument('0.0.0-test');
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

test('every route and every endpoint is in it', () => {
  for (const [name, { method, path }] of Object.entries<Route>(routes)) {
    const written = path.replaceAll(/:(\w+)/g, '{$1}');
    expect(document.paths[written]?.[method.toLowerCase()]?.operationId, name).toBe(name);
  }
  for (const { path } of endpoints) {
    expect(document.paths[path]).toHaveProperty('post');
  }
  expect(document.paths[eventStreamPath]).toHaveProperty('get');
});

test('every reference leads somewhere', () => {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref);
  expect(refs.length).toBeGreaterThan(50);
  for (const ref of refs) {
    const name = /^#\/components\/schemas\/([A-Za-z0-9_]+)$/.exec(ref ?? '')?.[1];
    expect(document.components.schemas, ref).toHaveProperty(name ?? 'no component');
  }
});

test('operation ids are unique, tags are known, path parameters are declared', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const tags = document.tags.map(({ name }) => name);
  for (const { path, operation } of operations) {
    expect(tags).toContain(operation.tags[0]);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parametersIn(operation, 'path')).toEqual(inPath);
  }
});

function parametersIn(operation: Operation, place: 'path' | 'query'): readonly string[] {
  return (operation.parameters ?? []).filter((one) => one.in === place).map(({ name }) => name);
}

test('what has a default may be left out of a body and is always in a reply', () => {
  const { schemas } = document.components;
  expect(schemas.CampaignInput?.required).not.toContain('status');
  expect(schemas.Campaign?.required).toContain('status');
});

test('schemas carry no trace of where they were made', () => {
  const text = JSON.stringify(document);
  expect(text).not.toContain('"$schema"');
  expect(text).not.toContain('"$id"');
  expect(text).not.toContain('__shared');
});
