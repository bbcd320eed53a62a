import { unreachable } from '@tenth/model/brand.ts';
import type { Test } from '@tenth/model/condition.ts';
import type { SqlParams } from './query.ts';

type Scalar = string | number | boolean;

/**
 * SQL for one test of one JSON value, with the meaning of the engine's `compileTest`: texts without
 * regard to case, an array by its members, missing and null alike.
 *
 * @param raw SQL for the value's JSON text; empty where there is none.
 */
export function testSql(test: Test, raw: string, params: SqlParams): string {
  switch (test.op) {
    case 'is':
      return some(raw, isOneOf([test.value], params));
    case 'is_not':
      return `NOT ${some(raw, isOneOf([test.value], params))}`;
    case 'in':
      return some(raw, isOneOf(test.values, params));
    case 'not_in':
      return `NOT ${some(raw, isOneOf(test.values, params))}`;
    case 'contains':
      return some(raw, contains(test.value, params));
    case 'contains_any':
      return some(raw, test.values.map((value) => contains(value, params)).join(' OR '));
    case 'starts_with':
      return some(raw, onText(`startsWith(${TEXT}, ${folded(test.value, params)})`));
    case 'ends_with':
      return some(raw, onText(`endsWith(${TEXT}, ${folded(test.value, params)})`));
    case 'gt':
      return some(raw, onNumber(`${NUMBER} > ${params.bind('Float64', test.value)}`));
    case 'gte':
      return some(raw, onNumber(`${NUMBER} >= ${params.bind('Float64', test.value)}`));
    case 'lt':
      return some(raw, onNumber(`${NUMBER} < ${params.bind('Float64', test.value)}`));
    case 'lte':
      return some(raw, onNumber(`${NUMBER} <= ${params.bind('Float64', test.value)}`));
    case 'between': {
      const from = `${NUMBER} >= ${params.bind('Float64', test.from)}`;
      return some(raw, onNumber(`${from} AND ${NUMBER} < ${params.bind('Float64', test.to)}`));
    }
    case 'exists':
      return `JSONType(${raw}) != 'Null'`;
    case 'missing':
      return `JSONType(${raw}) = 'Null'`;
    default:
      return unreachable(test);
  }
}

const TEXT = 'lowerUTF8(JSONExtractString(x))';
const NUMBER = 'JSONExtractFloat(x)';

function some(raw: string, passes: string): string {
  const members = `if(JSONType(${raw}) = 'Array', JSONExtractArrayRaw(${raw}), [${raw}])`;
  return `arrayExists(x -> (${passes}), ${members})`;
}

function onText(passes: string): string {
  return `(JSONType(x) = 'String' AND ${passes})`;
}

function onNumber(passes: string): string {
  return `(JSONType(x) IN ('Int64', 'UInt64', 'Double') AND ${passes})`;
}

function contains(part: string, params: SqlParams): string {
  return onText(`position(${TEXT}, ${folded(part, params)}) > 0`);
}

/** Both sides are folded by the same function, so that a text always equals itself. */
function folded(text: string, params: SqlParams): string {
  return `lowerUTF8(${params.bind('String', text)})`;
}

function isOneOf(values: readonly Scalar[], params: SqlParams): string {
  const texts = values.filter((value) => typeof value === 'string');
  const numbers = values.filter((value) => typeof value === 'number');
  const booleans = values.filter((value) => typeof value === 'boolean');
  const list = texts.length === 0 ? '' : params.bind('Array(String)', texts);
  return [
    ...(list === '' ? [] : [onText(`has(arrayMap(t -> lowerUTF8(t), ${list}), ${TEXT})`)]),
    ...numbers.map((value) => onNumber(`${NUMBER} = ${params.bind('Float64', value)}`)),
    ...booleans.map(
      (value) => `(JSONType(x) = 'Bool' AND JSONExtractBool(x) = ${params.bind('Bool', value)})`,
    ),
  ].join(' OR ');
}
