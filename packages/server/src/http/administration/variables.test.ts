import { aCampaign } from '@tenth/engine/testing/builders.ts';
import type { Route } from '@tenth/model/api/route.ts';
import { routes } from '@tenth/model/api.ts';
import { expect, test } from 'vitest';
import { API_KEYS, bearer, openTestServer, type TestServer } from '../testing/test-server.ts';

function call({ app }: TestServer) {
  return (method: Route['method'], url: string, payload?: object) =>
    app.inject({
      method,
      url,
      headers: bearer(API_KEYS.both),
      ...(payload === undefined ? {} : { payload }),
    });
}

const low = { id: 'low', name: { en: 'Low' } };
const high = { id: 'high', name: { en: 'High' } };
const orders = { kind: 'orders', measure: 'count' };

const spending = {
  id: 'spending',
  name: { en: 'Spending' },
  levelling: { kind: 'thresholds', of: orders, levels: [{ ...low, below: 3 }, high] },
};

const gender = {
  id: 'gender',
  name: { en: 'Gender' },
  values: [
    { id: 'f', name: { en: 'Female' }, prior: 0.6 },
    { id: 'm', name: { en: 'Male' }, prior: 0.4 },
  ],
};

const atHigh = { kind: 'variable', variableId: 'spending', levels: ['high'] };
const surelyF = {
  kind: 'inferred',
  attributeId: 'gender',
  value: 'f',
  test: { op: 'gt', value: 0.9 },
};

test('variables and attributes are put, listed and taken out, each change a new plan', async () => {
  const api = call(await openTestServer());
  const put = await api('PUT', '/api/v1/variables/spending', spending);
  expect(put.json()).toEqual({ variable: spending, planVersion: 2 });
  expect((await api('PUT', '/api/v1/attributes/gender', gender)).json()).toEqual({
    attribute: { ...gender, rules: [], evidence: [] },
    planVersion: 3,
  });
  const variables = await api('GET', '/api/v1/variables');
  expect(variables.json()).toEqual({ variables: [spending] });
  expect(routes.listVariables.reply.safeParse(variables.json()).error).toBeUndefined();
  const attributes = await api('GET', '/api/v1/attributes');
  expect(attributes.json().attributes).toMatchObject([{ id: 'gender' }]);
  expect(routes.listAttributes.reply.safeParse(attributes.json()).error).toBeUndefined();
  expect((await api('DELETE', '/api/v1/variables/spending')).json()).toEqual({ planVersion: 4 });
  expect((await api('DELETE', '/api/v1/attributes/gender')).json()).toEqual({ planVersion: 5 });
  expect((await api('DELETE', '/api/v1/variables/spending')).statusCode).toBe(404);
  expect((await api('DELETE', '/api/v1/attributes/gender')).statusCode).toBe(404);
});

test('what is used cannot be taken out, and all who use it are named', async () => {
  const api = call(await openTestServer());
  await api('PUT', '/api/v1/variables/spending', spending);
  await api('PUT', '/api/v1/attributes/gender', gender);
  await api('PUT', '/api/v1/campaigns/welcome', {
    ...aCampaign({ id: 'welcome' }),
    audience: { kind: 'all', of: [atHigh, surelyF] },
  });
  await api('PUT', '/api/v1/segments/good', {
    id: 'good',
    name: { en: 'Good' },
    condition: atHigh,
  });
  await api('PUT', '/api/v1/variables/kind', {
    id: 'kind',
    name: { en: 'Kind' },
    levelling: { kind: 'rules', levels: [{ ...low, condition: surelyF }, high] },
  });
  const variable = await api('DELETE', '/api/v1/variables/spending');
  expect(variable.json()).toMatchObject({
    status: 422,
    field: 'campaigns.welcome',
    detail: 'It is used by campaign welcome, segment good; change that first.',
  });
  const attribute = await api('DELETE', '/api/v1/attributes/gender');
  expect(attribute.json()).toMatchObject({
    status: 422,
    detail: 'It is used by campaign welcome, variable kind; change that first.',
  });
});

test.each([
  {
    name: 'an unknown variable',
    condition: { kind: 'all', of: [{ kind: 'member', is: true }, atHigh] },
    field: /^levelling\.levels\[0\]\.condition.*\[1\]/,
  },
  {
    name: 'an event, which nobody has in hand here',
    condition: {
      kind: 'event',
      filters: [{ path: 'name', test: { op: 'is', value: 'x' } }],
    },
    field: /^levelling\.levels\[0\]\.condition/,
  },
])('a rule with $name is not published, and its place is named', async ({ condition, field }) => {
  const api = call(await openTestServer());
  const reply = await api('PUT', '/api/v1/variables/kind', {
    id: 'kind',
    name: { en: 'Kind' },
    levelling: { kind: 'rules', levels: [{ ...low, condition }, high] },
  });
  expect(reply.statusCode).toBe(422);
  expect(reply.json().field).toMatch(field);
  expect((await api('GET', '/api/v1/variables')).json().variables).toEqual([]);
});

test('each preset can be put as it is listed', async () => {
  const api = call(await openTestServer());
  const reply = await api('GET', '/api/v1/presets');
  const library = routes.listPresets.reply.parse(reply.json());
  expect(library.presets.length).toBeGreaterThan(20);
  const groups = new Set(library.groups.map(({ id }) => id));
  for (const { id, group, parameters, labels, segment } of library.presets) {
    expect(groups.has(group)).toBe(true);
    expect(parameters).toMatchObject({ type: 'object' });
    const settable = Object.keys(Object(parameters.properties));
    expect(Object.keys(labels), id).toEqual(settable);
    const put = await api('PUT', `/api/v1/segments/${segment.id}`, segment);
    expect(put.statusCode, `${id}: ${put.body}`).toBe(200);
  }
});

test('a body that does not fit is refused, and the field named', async () => {
  const api = call(await openTestServer());
  const reply = await api('PUT', '/api/v1/variables/spending', {
    ...spending,
    levelling: { ...spending.levelling, levels: [{ ...low, below: 'three' }, high] },
  });
  expect(reply.json()).toMatchObject({ status: 400, field: 'levelling.levels[0].below' });
  const other = await api('PUT', '/api/v1/attributes/other', gender);
  expect(other.json()).toMatchObject({ status: 400, field: 'id' });
});

test('cuts at quantiles are worked out after a variable is put, whatever it came with', async () => {
  const server = await openTestServer({
    admin: {
      figuresOf: async () => ({ quantiles: (shares) => shares.map((share) => share * 1_000) }),
    },
  });
  const api = call(server);
  const levels = (below?: number) => [
    { ...low, share: 0.5, ...(below === undefined ? {} : { below }) },
    { ...high, share: 0.5 },
  ];
  const levelling = { kind: 'quantiles', of: orders, levels: levels(7), computedAt: 1 };
  const put = await api('PUT', '/api/v1/variables/spending', { ...spending, levelling });
  expect(put.json().variable.levelling).toEqual({
    kind: 'quantiles',
    of: orders,
    levels: levels(),
    everyHours: 24,
  });
  await server.admin.quantiles.runDue();
  const { variables } = (await api('GET', '/api/v1/variables')).json();
  expect(variables[0].levelling).toMatchObject({
    levels: [{ below: 500, reached: 0.5 }, { reached: 0.5 }],
    computedAt: expect.any(Number),
  });
  // What was listed can be put again as it is.
  const again = await api('PUT', '/api/v1/variables/spending', variables[0]);
  expect(again.json().variable).toEqual(variables[0]);
});
