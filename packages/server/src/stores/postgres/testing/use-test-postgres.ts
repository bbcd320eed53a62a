import { inject } from 'vitest';

// What `openTestDatabase` asks for.
process.env['TEST_DATABASE_URL'] = inject('databaseUrl');
