/**
 * What somebody writes who hopes that a page takes it for markup: scripts, handlers, addresses, styles, broken tags, templates, control
 * and direction characters. Each calls `alert` where it is executed.
 */
const PATTERNS: readonly ((n: number) => string)[] = [
  (n) => `<script>alert(${n})</script>`,
  (n) => `<img src=x onerror=alert(${n})>`,
  (n) => `<svg onload=alert(${n})>`,
  (n) => `"><script>alert(${n})</script>`,
  (n) => `'><img src=x onerror='alert(${n})'>`,
  (n) => `<a href="javascript:alert(${n})">клік</a>`,
  (n) => `javascript:alert(${n})`,
  (n) => `<iframe srcdoc="<script>alert(${n})</script>"></iframe>`,
  (n) => `<body onload=alert(${n})>`,
  (n) => `<details open ontoggle=alert(${n})>`,
  (n) => `<style>*{background:url("javascript:alert(${n})")}</style>`,
  (n) => `<link rel=stylesheet href="//evil.example/${n}.css">`,
  (n) => `<base href="//evil.example/${n}/">`,
  (n) => `<meta http-equiv=refresh content="0;url=//evil.example/${n}">`,
  (n) => `</textarea><script>alert(${n})</script>`,
  (n) => `</title><script>alert(${n})</script>`,
  (n) => `<!--<img src="--><img src=x onerror=alert(${n})//">`,
  (n) => `{{constructor.constructor('alert(${n})')()}}`,
  (n) => `\${alert(${n})} #{alert(${n})} <%= alert(${n}) %>`,
  (n) => `&lt;script&gt;alert(${n})&lt;/script&gt;`,
  (n) => `\\u003cscript\\u003ealert(${n})\\u003c/script\\u003e`,
  (n) => `<form action="//evil.example/${n}"><input name=x autofocus onfocus=alert(${n})>`,
  (n) => `__proto__ constructor toString ${n}`,
  (n) => `${'Ы'.repeat(60)}${n}`,
  (n) => `\u202Eгнил\u202C\u0300\u0301\u0302 ${n} \u200b\u200d`,
];

/** @param count how many; the numbers in them tell them apart */
export const hostileTexts = (count: number): string[] => Array.from({ length: count }, (_, n) => PATTERNS[n % PATTERNS.length]?.(n) ?? '');
