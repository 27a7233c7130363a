import { ReadlineParser } from '@serialport/parser-readline';
import { expect, test } from 'vitest';
import { MAX_LINE, PromptSplitter } from '../../../src/at/prompt-splitter.ts';

/** The lines that come out when these chunks go in. */
async function lines(...chunks: string[]): Promise<string[]> {
  const splitter = new PromptSplitter();
  const out: string[] = [];
  splitter.pipe(new ReadlineParser({ delimiter: '\n', encoding: 'latin1' })).on('data', (line: string) => out.push(line));
  for (const chunk of chunks) splitter.write(Buffer.from(chunk, 'latin1'));
  // Two turns: one for each stream.
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  return out;
}

test('a prompt without line end is a line at once', async () => {
  expect(await lines('\r\n> ')).toEqual(['>']);
});

test('what follows a prompt is not glued to it', async () => {
  expect(await lines('\r\n> ', '\r\n+CMGS: 42\r\n\r\nOK\r\n')).toEqual(['>', '+CMGS: 42', 'OK']);
  expect(await lines('\r\n> +CMTI: "SM",3\r\n')).toEqual(['>', '+CMTI: "SM",3']);
});

test('a prompt is found however it is cut and dressed', async () => {
  const whole = 'AT+CMGS=9\r\r\n> \r\nOK\r\n';
  for (let cut = 0; cut <= whole.length; cut += 1) {
    expect(await lines(whole.slice(0, cut), whole.slice(cut)), `cut at ${cut}`).toEqual(['AT+CMGS=9', '>', 'OK']);
  }
  expect(await lines(...whole)).toEqual(['AT+CMGS=9', '>', 'OK']);
  expect(await lines('>')).toEqual(['>']);
  expect(await lines('> ')).toEqual(['>']);
  expect(await lines('\r>')).toEqual(['>']);
});

test('a sign within a line is no prompt', async () => {
  expect(await lines('+CUSD: 0,"1 > 0"\r\n')).toEqual(['+CUSD: 0,"1 > 0"']);
});

test('CR, LF and CR LF all end a line, and empty lines are none', async () => {
  expect(await lines('OK\rERROR\nRING\r\n\r\n\r\nOK\r')).toEqual(['OK', 'ERROR', 'RING', 'OK']);
});

test('a line without end does not fill the memory (X02)', async () => {
  const out = await lines(...Array.from({ length: 100 }, () => 'x'.repeat(1000)), '\r\nOK\r\n');
  expect(out.map((line) => line.length)).toEqual([MAX_LINE, 2]);
});
