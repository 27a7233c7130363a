import { createHash } from 'node:crypto';

/** HTML with nothing in it that a browser would have to fetch or run. */

const STYLE =
  'body{font:18px/1.5 system-ui,sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}label{display:block;margin:.7rem 0}' +
  'fieldset{border:1px solid #bbb;border-radius:.4rem;margin:.7rem 0}input[type=tel]{font:inherit;width:100%;box-sizing:border-box;padding:.5rem}' +
  'button{font:inherit;padding:.6rem 1.4rem;border:0;border-radius:.4rem;background:#14532d;color:#fff}.say{padding:.7rem 1rem;background:#eef6ee;border-radius:.4rem}' +
  '@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}.say{background:#243524}}';

/** Nothing but the one style, and forms to this page alone (X06). */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as it may stand in an element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

/** @param body HTML, made of escaped texts */
export const page = (language: string, title: string, body: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><h1>${escapeHtml(title)}</h1>${body}</body></html>`;

export const said = (text: string): string => `<p class="say" role="status">${escapeHtml(text)}</p>`;

export const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;
