import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiRig, apiRig } from '../support/api-rig.ts';

let rig: ApiRig;
let html: string;
let policy: string;
beforeAll(async () => {
  rig = await apiRig();
  const answer = await rig.app.inject({ url: '/docs' });
  html = answer.body;
  policy = String(answer.headers['content-security-policy']);
});
afterAll(() => rig.close());

it('/docs shows every call and every schema of the document, and each link on it leads somewhere', () => {
  const document = rig.app.swagger();
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const method of Object.keys(methods ?? {})) expect(html.includes(`<code>${method.toUpperCase()} ${path}</code>`), path).toBe(true);
  }
  const anchors = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, to]) => to ?? '');
  expect(links.length).toBeGreaterThan(200);
  expect(links.filter((to) => !anchors.has(to))).toEqual([]);
});

it('X06: /docs loads nothing from anywhere and runs nothing', () => {
  expect(html.match(/<script|<img|<link|<iframe|@import|url\(|<\w+ [^>]*\bon\w+=/g) ?? []).toEqual([]);
  const [style = ''] = /(?<=<style>)[^<]*/.exec(html) ?? [];
  expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  expect(policy).toContain("default-src 'none'");
});
