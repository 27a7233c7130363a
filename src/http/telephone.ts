import { Fault } from '../base/fault.ts';
import { maskNumber } from '../base/log.ts';
import { checkUssdCode } from '../policy/ussd-code.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { JSON_TYPE } from './idempotency.ts';
import type { SimTelephone } from './live-hardware.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { AskUssd, Forwarding, SimParams } from './schemas/telephone.ts';
import { checkLine } from './text.ts';

const NOTICE =
  'The operator charges each forwarded call to this SIM as a call that it makes; forwarding stays in the network, also without this box, until DELETE ends it.';

/** What can go wrong between here and the network. */
const ON_THE_WAY = ['notFound', 'networkRefused', 'networkMute', 'modemMute'] as const;

/** USSD and call forwarding: what costs money or changes a SIM in the network, so for administrators. */
export function telephoneRoutes(app: Api, parts: ApiParts): void {
  app.post(
    '/v1/sims/:iccid/ussd',
    {
      schema: {
        operationId: 'askUssd',
        tags: ['hardware'],
        summary: 'Ask the operator by USSD',
        description:
          'Sends a code, or an answer in a session that is open, and waits up to 45 s for what the network says. One session at a time for each SIM. Codes of the standard (forwarding, barring, PIN) are refused. What is said is kept nowhere.',
        params: SimParams,
        body: AskUssd,
        response: answers({ 200: { description: 'What the network said.', schema: Shared('UssdAnswer') } }, [
          ...BODY_FAULTS,
          ...ON_THE_WAY,
          'ussdRefused',
          'ussdBusy',
          'textInvalid',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const { code, sessionId, answer } = request.body;
      const { iccid } = request.params;
      const said = await ask();
      return reply.header('content-type', JSON_TYPE).send(JSON.stringify({ text: said.text, sessionId: said.sessionId, done: said.done }));

      async function ask() {
        if (code !== undefined && sessionId === undefined && answer === undefined) {
          checkUssdCode(code);
          const { ussd } = await telephoneOf(iccid);
          // A code may hold what was paid for, as a voucher's number.
          await parts.store.audit(auditEntry(parts.clock, request, 'ussd.ask', iccid, { begins: true }));
          return ussd.ask(code);
        }
        if (code === undefined && sessionId !== undefined && answer !== undefined) {
          checkLine(answer, (why) => new Fault('textInvalid', `The answer ${why}.`, [{ pointer: '/answer', detail: why }]));
          const { ussd } = await telephoneOf(iccid);
          await parts.store.audit(auditEntry(parts.clock, request, 'ussd.ask', iccid, { begins: false }));
          return ussd.answer(sessionId, answer);
        }
        throw new Fault('requestInvalid', 'Send either code, to begin a session, or sessionId and answer, to go on with one.');
      }
    },
  );

  app.get(
    '/v1/sims/:iccid/forwarding',
    {
      schema: {
        operationId: 'getForwarding',
        tags: ['calls'],
        summary: 'Where the calls of a SIM go',
        description:
          'Asks the network, case by case, which takes some seconds. Its voice mail is among them where the operator has set one.',
        params: SimParams,
        response: answers({ 200: { description: 'What is forwarded now.', schema: Shared('ForwardingState') } }, [
          'requestInvalid',
          ...ON_THE_WAY,
        ]),
      },
    },
    async (request, reply) => {
      const telephone = await telephoneOf(request.params.iccid);
      const forwarding = (await telephone.forwarding()).map(({ when, to }) => ({ when, to }));
      return reply.header('content-type', JSON_TYPE).send(JSON.stringify({ forwarding }));
    },
  );

  app.put(
    '/v1/sims/:iccid/forwarding',
    {
      schema: {
        operationId: 'forwardCalls',
        tags: ['calls'],
        summary: 'Forward the calls of a SIM',
        description: `Has the network forward voice calls, for example to the desk. It costs: ${NOTICE.charAt(0).toLowerCase()}${NOTICE.slice(1)}`,
        params: SimParams,
        body: Forwarding,
        response: answers({ 200: { description: 'The network has taken it.', schema: Shared('ForwardingSet') } }, [
          ...BODY_FAULTS,
          ...ON_THE_WAY,
          'numberInvalid',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const { when } = request.body;
      const to = parts.normalizeNumber(request.body.to);
      const { iccid } = request.params;
      const telephone = await telephoneOf(iccid);
      await parts.store.audit(auditEntry(parts.clock, request, 'forwarding.set', iccid, { when, to: maskNumber(to) }));
      await telephone.forward(when, to);
      parts.log.info({ iccid, when, key: request.keyId }, 'calls are forwarded');
      return reply.header('content-type', JSON_TYPE).send(JSON.stringify({ to, when, costs: true, notice: NOTICE }));
    },
  );

  app.delete(
    '/v1/sims/:iccid/forwarding',
    {
      schema: {
        operationId: 'endForwarding',
        tags: ['calls'],
        summary: 'End the forwarding of a SIM',
        description: 'Ends every forwarding of the SIM, whoever set it, the one to its voice mail included.',
        params: SimParams,
        response: answers({ 200: { description: 'Nothing is forwarded any more.', schema: Shared('ForwardingEnded') } }, [
          'requestInvalid',
          ...ON_THE_WAY,
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const { iccid } = request.params;
      const telephone = await telephoneOf(iccid);
      await parts.store.audit(auditEntry(parts.clock, request, 'forwarding.end', iccid));
      await telephone.endForwarding();
      parts.log.info({ iccid, key: request.keyId }, 'calls are forwarded no more');
      return reply.header('content-type', JSON_TYPE).send(JSON.stringify({ forwarding: null }));
    },
  );

  async function telephoneOf(iccid: string): Promise<SimTelephone> {
    const telephone = parts.telephone(iccid);
    if (telephone) return telephone;
    const known = parts.sims().some((sim) => sim.iccid === iccid) || (await parts.store.sims()).some((sim) => sim.iccid === iccid);
    if (known) throw new Fault('unavailable', 'This SIM is in no modem that is ready; GET /v1/modems says what is wrong with each.');
    throw new Fault('notFound', 'There is no SIM with this ICCID; GET /v1/sims lists those that there are.');
  }
}
