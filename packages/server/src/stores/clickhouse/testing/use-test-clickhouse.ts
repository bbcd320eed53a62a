import { inject } from 'vitest';

// What `openTestLog` asks for.
process.env['TEST_CLICKHOUSE_URL'] = inject('clickhouseUrl');
