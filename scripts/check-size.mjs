// Compares the browser script with its budget.
import { distDirectory } from './build.mjs';

const { checkSizes } = await import('../packages/browser/build.mjs');
try {
  await checkSizes(`${distDirectory}/browser`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
