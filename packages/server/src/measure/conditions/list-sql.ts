import type { PeopleList } from '@tenth/model/list.ts';
import { WORKSPACE } from '../sql/query.ts';
import type { Reading } from './items-sql.ts';
import { traitSql } from './state-figures-sql.ts';

const lastUser = { type: 'Tuple(UInt64, String)', sql: 'last_user' };

/** Holds for people whom the list's present version names. */
export function listMemberSql(list: PeopleList, reading: Reading): string {
  const { aggregates, params } = reading;
  const value =
    list.by === 'user_id'
      ? `tupleElement(${aggregates.ofProfiles('max', lastUser)}, 2)`
      : emailSql(reading);
  const members = `SELECT member FROM list_members WHERE ${WORKSPACE} AND list_id = ${params.bind('String', list.id)} AND version = ${params.bind('UInt64', list.version)}`;
  return `(${value} != '' AND sipHash64(${value}) IN (${members}))`;
}

function emailSql(reading: Reading): string {
  const raw = traitSql('email', reading);
  const trimmed = `replaceRegexpAll(JSONExtractString(${raw}), '^\\\\s+|\\\\s+$', '')`;
  return `if(JSONType(${raw}) = 'String', lowerUTF8(${trimmed}), '')`;
}
