import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Fault } from '../base/fault.ts';
import type { Api } from './parts.ts';

/** What a page of ours may do: nothing from elsewhere, nothing inline, in nobody's frame (X06). */
const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "img-src 'self' data:",
  "font-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** The names of files under `assets` have a hash of what is in them: they never change. */
const FOR_EVER = 'public, max-age=31536000, immutable';

interface File {
  readonly octets: Buffer;
  readonly gzip: Buffer;
  readonly type: string;
}

/**
 * Serves the console: one page at `/`, and its parts under `/assets`. Which files there are is read once, at the start, so that no
 * address can name another file.
 * @param folder as the build made it; undefined where it is not built
 */
export function consoleFiles(app: Api, folder: string | undefined): void {
  const read = fileReader();
  const page = folder === undefined ? undefined : join(folder, 'index.html');
  const assets = new Map(
    folder === undefined ? [] : readdirSync(join(folder, 'assets')).map((name) => [name, join(folder, 'assets', name)]),
  );

  app.get('/', { schema: { hide: true } }, (request, reply) => {
    if (page === undefined)
      throw new Fault(
        'notFound',
        'The console is not built here; run "npm run build". The API is at /v1, and /openapi.json says what it has.',
      );
    return send(request, reply.header('content-security-policy', CONSOLE_POLICY).header('referrer-policy', 'no-referrer'), read(page));
  });

  app.get('/assets/:name', { schema: { hide: true, params: Type.Object({ name: Type.String() }) } }, (request, reply) => {
    const file = assets.get(request.params.name);
    if (file === undefined) throw new Fault('notFound', 'The console has no such file; load its page again.');
    return send(request, reply.header('cache-control', FOR_EVER).header('content-security-policy', CONSOLE_POLICY), read(file));
  });
}

/** Reads a file when it is first asked for, and keeps it. */
function fileReader(): (path: string) => File {
  const known = new Map<string, File>();
  return (path) => {
    const before = known.get(path);
    if (before) return before;
    const octets = readFileSync(path);
    const file = { octets, gzip: gzipSync(octets, { level: 9 }), type: TYPES[extname(path)] ?? 'application/octet-stream' };
    known.set(path, file);
    return file;
  };
}

function send(request: FastifyRequest, reply: FastifyReply, { octets, gzip, type }: File): FastifyReply {
  const zips = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const body = zips ? gzip : octets;
  if (zips) reply.header('content-encoding', 'gzip');
  // As a stream, since to what is text a line feed is added.
  return reply
    .header('content-type', type)
    .header('vary', 'accept-encoding')
    .header('content-length', body.length)
    .send(Readable.from([body]));
}
