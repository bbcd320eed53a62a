// Loaded into a process before its program: its time of day runs as many milliseconds off as the file
// TENTH_TEST_CLOCK says, from the moment that it says so. Time that only elapses is left as it is.
import { readFileSync } from 'node:fs';

const file = process.env.TENTH_TEST_CLOCK;
const trueNow = Date.now;
let shiftMs = 0;
if (file !== undefined) {
  setInterval(() => {
    shiftMs = Number(readFileSync(file, 'utf8'));
  }, 20).unref();
}
Date.now = () => trueNow() + shiftMs;
