import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { Fault } from '../base/fault.ts';
import { whyUnbound } from '../base/unbound.ts';
import { parseListen } from '../config/listen.ts';
import type { Config } from '../config/options.ts';
import type { RemoteSetup } from '../http/parts.ts';
import type { Store } from '../store/store.ts';
import { endSetupGrant, readSetupGrant } from './setup-grant.ts';

/** Tries an address before anything is sent: what cannot be had is told while a start can still be taken back. @throws Fault `unavailable` */
export async function mayListen(address: string, option: string): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(parseListen(address));
    await once(probe, 'listening');
  } catch (error) {
    throw taken(address, option, error);
  }
  probe.close();
  await once(probe, 'close');
}

/** @throws Fault `unavailable` when the address cannot be had */
export async function listen(api: FastifyInstance, address: string, option: string): Promise<string> {
  try {
    return await api.listen(parseListen(address) ?? {});
  } catch (error) {
    throw taken(address, option, error);
  }
}

function taken(address: string, option: string, cause: unknown): Fault {
  return new Fault('unavailable', `Nothing can listen on ${address}: ${whyUnbound(cause)}. Choose another ${option}.`, [], { cause });
}

/** @throws Fault `configInvalid` when the files cannot be read or do not belong together */
export function readTls({ certFile, keyFile }: Config['http']): { cert: string; key: string } | undefined {
  if (certFile === undefined || keyFile === undefined) return undefined;
  try {
    const [cert, key] = [readFileSync(certFile, 'utf8'), readFileSync(keyFile, 'utf8')];
    createSecureContext({ cert, key });
    return { cert, key };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault('configInvalid', `http.certFile ${certFile} and http.keyFile ${keyFile} cannot be used (${why}).`, [], {
      cause: error,
    });
  }
}

/** As the installer granted it; what is left of that on a box with an owner or a key is removed. */
export function remoteSetup({ http, store: { path } }: Config, store: Store): RemoteSetup | undefined {
  const used = (): void => endSetupGrant(path);
  if (store.accessible()) used();
  const grant = readSetupGrant(path);
  const listen = parseListen(http.setupListen);
  return grant && listen ? { ...grant, listen, used } : undefined;
}
