import { type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { errorCode } from '../base/error-code.ts';
import { Fault } from '../base/fault.ts';
import { Fields } from './fields.ts';
import { MEMORY_NAMES } from './message-memory.ts';
import type { VirtualNetwork } from './network.ts';
import { PHONE_STATES, readAnswer } from './phone.ts';
import { faultView, modemView, phoneDetails, phoneView } from './views.ts';

export interface ControlPort {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

interface ByName {
  Params: { name: string };
}

const DAY = 86_400_000;

/** A sentence for what the HTTP server itself refuses, by its code. */
const REFUSALS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty: send JSON.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send JSON with the header "Content-Type: application/json".',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large.',
};

function refuse(error: unknown, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Fault) return reply.code(error.status).send({ code: error.code, detail: error.message });
  const code = errorCode(error) ?? '';
  const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  const detail = REFUSALS[code] ?? (error instanceof Error ? error.message : 'The simulator made a mistake.');
  return reply.code(status).send({ code: status < 500 ? 'requestInvalid' : 'internal', detail });
}

/**
 * The network's control port: HTTP on loopback, JSON both ways, no key. What is wrong is answered 4xx with
 * `{code, detail}`, where `detail` is one sentence. A modem is named by its name, its number from 1, its IMEI, or the
 * ICCID or number of its SIM.
 *
 * | call | does |
 * |---|---|
 * | `GET /modems`, `GET /modems/:modem` | what there is, and how it is |
 * | `POST /modems/:modem/unplug` `{backMs?}` | pulls the plug; it comes back after `backMs`, if given |
 * | `POST /modems/:modem/plug` | plugs it in |
 * | `POST /modems/:modem/sim` `{sim}` | puts in the SIM with that ICCID or number, out of the modem that has it; `null` takes it out |
 * | `POST /inbound` `{from, to or modem, text}` | somebody texts a SIM; answers `{to, segments}` |
 * | `POST /raw` `{modem, pdu, memory?, stat?}` | puts octets into a storage (SM, ME, SR) with that <stat> (0) |
 * | `POST /call` `{from, to or modem, forMs?}`, `GET /calls` | somebody calls, from a number or `withheld`; how calls ended |
 * | `GET /phones`, `GET /phones/:number` | phones and their texts; one with its segments |
 * | `PUT /phones/:number` `{name?, state?, answers?}` | names it; on, off, barred, unknown; what it answers: `[{contains?, text, afterMs?, times?}]` |
 * | `POST /ussd` `{code, text, more?, afterMs?}` | what the network answers to that code, and how long it takes |
 * | `POST /faults` `{fault, ...}` or a list | scripts faults (`fault-specs.ts`); answers what was taken |
 * | `GET /faults`, `DELETE /faults`, `DELETE /faults/:id` | those in force; ends all, or one |
 * | `GET /ledger` `?from=N` | every SMS-SUBMIT that was accepted, from the Nth (0) |
 *
 * @param port 0 for any free one
 * @throws Fault portBusy
 */
export async function openControl(network: VirtualNetwork, port: number): Promise<ControlPort> {
  const app = fastify({ bodyLimit: 1024 * 1024, forceCloseConnections: true });
  app.setErrorHandler(refuse);
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ code: 'notFound', detail: `There is no ${request.method} ${request.url.split('?')[0]} here.` }),
  );

  app.get('/modems', () => ({ data: network.modems.map((modem) => modemView(network, modem)) }));
  app.get<ByName>('/modems/:name', (request) => modemView(network, network.modem(request.params.name)));
  app.post<ByName>('/modems/:name/unplug', (request) => {
    const modem = network.modem(request.params.name);
    const fields = new Fields(request.body ?? {}, 'an unplugging');
    const backMs = fields.optionalNumber('backMs', 0, DAY);
    fields.done();
    modem.unplug(backMs);
    return modemView(network, modem);
  });
  app.post<ByName>('/modems/:name/plug', (request) => {
    const modem = network.modem(request.params.name);
    modem.plug();
    return modemView(network, modem);
  });
  app.post<ByName>('/modems/:name/sim', (request) => {
    const modem = network.modem(request.params.name);
    const fields = new Fields(request.body, 'a change of SIM');
    const card = fields.isNull('sim') ? null : network.card(fields.text('sim'));
    fields.done();
    network.moveCard(modem, card);
    return modemView(network, modem);
  });

  app.post('/inbound', (request, reply) => {
    const fields = new Fields(request.body, 'an inbound message');
    const message = {
      from: fields.text('from'),
      to: fields.optionalText('to'),
      modem: fields.optionalName('modem'),
      text: fields.text('text'),
    };
    fields.done();
    return reply.code(202).send(network.inbound(message));
  });
  app.post('/raw', (request, reply) => {
    const fields = new Fields(request.body, 'a raw message');
    const message = {
      modem: fields.optionalName('modem') ?? fields.text('modem'),
      pdu: fields.text('pdu'),
      memory: fields.optionalChoice('memory', MEMORY_NAMES),
      stat: ([0, 1, 2, 3] as const)[fields.optionalNumber('stat', 0, 3) ?? 0],
    };
    fields.done();
    network.raw(message);
    return reply.code(204).send();
  });
  app.post('/call', (request, reply) => {
    const fields = new Fields(request.body, 'a call');
    const call = {
      from: fields.text('from'),
      to: fields.optionalText('to'),
      modem: fields.optionalName('modem'),
      forMs: fields.optionalNumber('forMs', 1, DAY),
    };
    fields.done();
    return reply.code(202).send(network.call(call));
  });
  app.get('/calls', () => ({ data: network.calls }));

  app.get('/phones', () => ({ data: [...network.phones.values()].map(phoneView) }));
  app.get<ByName>('/phones/:name', (request) => phoneDetails(network.phone(request.params.name)));
  app.put<ByName>('/phones/:name', (request) => {
    const fields = new Fields(request.body, 'a phone');
    const name = fields.optionalText('name');
    const state = fields.optionalChoice('state', PHONE_STATES);
    const answers = fields.optionalList('answers')?.map(readAnswer);
    fields.done();
    const phone = network.phone(request.params.name);
    if (name !== undefined) phone.name = name;
    if (answers) phone.answers = answers;
    if (state) network.setPhoneState(phone.number, state);
    return phoneView(phone);
  });
  app.post('/ussd', (request, reply) => {
    const fields = new Fields(request.body, 'a USSD answer');
    const code = fields.text('code');
    const answer = {
      text: fields.text('text'),
      more: fields.optionalFlag('more') ?? false,
      afterMs: fields.optionalNumber('afterMs', 0, DAY),
    };
    fields.done();
    network.ussd.replies.set(code, answer);
    return reply.code(204).send();
  });

  app.post('/faults', (request, reply) => {
    const specs: unknown[] = Array.isArray(request.body) ? request.body : [request.body];
    // All are checked before the first is in force.
    for (const spec of specs) network.readFault(spec);
    const taken = specs.map((spec) => faultView(network.addFault(spec)));
    return reply.code(201).send(Array.isArray(request.body) ? { data: taken } : taken[0]);
  });
  app.get('/faults', () => ({ data: network.faults.active.map(faultView) }));
  app.delete('/faults', (_request, reply) => {
    network.faults.remove();
    return reply.code(204).send();
  });
  app.delete<ByName>('/faults/:name', (request, reply) => {
    const removed = network.faults.remove(Number(request.params.name));
    if (removed === 0) throw new Fault('notFound', `No fault ${request.params.name} is in force.`);
    return reply.code(204).send();
  });

  app.get<{ Querystring: { from?: string } }>('/ledger', (request) => {
    const from = Number(request.query.from ?? 0);
    if (!Number.isInteger(from) || from < 0) throw new Fault('requestInvalid', 'The parameter "from" must be a whole number from 0.');
    return { data: network.ledger.entries.slice(from), total: network.ledger.entries.length };
  });

  try {
    const url = await app.listen({ host: '127.0.0.1', port });
    return { url, close: () => app.close() };
  } catch (error) {
    throw new Fault('portBusy', `The control port ${port} on 127.0.0.1 cannot be opened: choose another.`, [], { cause: error });
  }
}
