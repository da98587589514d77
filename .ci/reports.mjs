// Reads vitest's JSON reports for .ci/run.
//
//   reports.mjs failed-files REPORT     the test files that failed, a line each
//   reports.mjs summary REPORT...       what failed and why, then "PASSED FAILED"; a report NAME.again.json takes the
//                                       place of what NAME.json says of the same files
import fs from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const LINES_OF_REASON = 12;

const filesOf = (report) =>
  fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')).testResults : [];

/** A file that cannot be loaded counts as one failed test. */
const failuresOf = (file) => {
  const tests = file.assertionResults.filter(({ status }) => status === 'failed');
  return file.status === 'failed' && tests.length === 0
    ? [{ fullName: 'the file', failureMessages: [file.message] }]
    : tests;
};

function tell(word, file, { fullName, failureMessages }) {
  console.log(`${word} ${path.relative('.', file.name)} > ${fullName}`);
  const lines = stripVTControlCharacters(failureMessages.join('\n')).split('\n');
  const ours = lines.filter((line) => !line.includes('/node_modules/'));
  for (const line of ours.slice(0, LINES_OF_REASON)) console.log(`  ${line}`);
}

function summarize(report) {
  const again = new Map(filesOf(report.replace(/\.json$/, '.again.json')).map((file) => [file.name, file]));
  let passed = 0;
  let failed = 0;
  for (const first of filesOf(report)) {
    const last = again.get(first.name) ?? first;
    const failures = failuresOf(last);
    for (const test of failures) tell('FAILED', last, test);
    if (failures.length === 0)
      for (const test of failuresOf(first)) tell('FAILED, THEN PASSED ALONE', first, test);
    passed += last.assertionResults.filter(({ status }) => status === 'passed').length;
    failed += failures.length;
  }
  return { passed, failed };
}

const [command, ...reports] = process.argv.slice(2);
if (command === 'failed-files') {
  for (const file of reports.flatMap(filesOf))
    if (failuresOf(file).length > 0) console.log(path.relative('.', file.name));
} else {
  const sums = reports.map(summarize);
  const sum = (key) => sums.reduce((total, counts) => total + counts[key], 0);
  console.log(`${sum('passed')} ${sum('failed')}`);
}
