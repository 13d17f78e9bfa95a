// Holds one playlist against hls-parser in strict mode: exit code 0 and no word, or 1 and what is wrong with it.
import { readFileSync } from 'node:fs';
import * as HLS from 'hls-parser';

const { setOptions, parse } = HLS.default ?? HLS;
setOptions({ strictMode: true });
try {
  parse(readFileSync(process.argv[2], 'utf8'));
} catch (error) {
  console.error(error.message ?? error);
  process.exit(1);
}
