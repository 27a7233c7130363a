import { FAULTS } from '../base/fault.ts';
import type { Api } from './parts.ts';
import { FAULT_CODES } from './schemas/common.ts';

/** The list that the `type` of every problem leads to, served by the box itself: it may have no internet. */
const PAGE = [
  '<!doctype html>',
  '<html lang="en"><meta charset="utf-8"><title>Simpost: faults</title>',
  '<h1>Faults</h1>',
  '<p>Every refusal is a problem (RFC 9457) with one of these codes. Its <code>detail</code> says what is wrong this time and what to do; its <code>errors</code> say where.</p>',
  '<dl>',
  ...FAULT_CODES.map((code) => `<dt id="${code}"><code>${code}</code> (${FAULTS[code].status})</dt><dd>${FAULTS[code].title}</dd>`),
  '</dl></html>',
].join('\n');

export function faultsPage(app: Api): void {
  app.get('/faults', { schema: { hide: true } }, (_request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
      .send(PAGE),
  );
}
