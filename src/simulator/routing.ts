import type { Indications } from './me.ts';

/**
 * Where what comes from the network goes (TS 27.005 3.4.1, the tables of <mt> and <ds>).
 *
 * - `direct`: to the host as +CMT or +CDS. - `indicate`: into the storage, and +CMTI or +CDSI says where.
 * - `store`: into the storage, silently.
 *
 * <mt> 0 stores silently, 1 stores and says so. 2 hands everything over but class 2, which belongs on the SIM; 3 hands
 * over class 3 alone. <ds> 1 hands reports over, 2 stores them and says so; with 0 they are kept silently, which the
 * text leaves open and which loses none. With <mode> 0 nothing may be handed over now, so it is stored, and the
 * indication waits.
 */
export type Route = 'direct' | 'indicate' | 'store';

export function routeInbound(kind: 'deliver' | 'report', messageClass: number | null, cnmi: Indications): Route {
  const direct = kind === 'report' ? cnmi.ds === 1 : (cnmi.mt === 2 && messageClass !== 2) || (cnmi.mt === 3 && messageClass === 3);
  if (direct) return cnmi.mode === 0 ? 'indicate' : 'direct';
  const indicated = kind === 'report' ? cnmi.ds === 2 : cnmi.mt > 0;
  return indicated ? 'indicate' : 'store';
}
