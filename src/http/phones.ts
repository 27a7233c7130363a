import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { callerOf } from './guard.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn, pageOf, placeOf } from './query.ts';
import { listOf, PageQuery, Shared } from './schemas/common.ts';
import { SwitchPhone, WriteOnPhone } from './schemas/phone.ts';
import type { VirtualPhones } from './virtual-phones.ts';

const tags = ['rehearsal'];
const Params = Type.Object({ number: Type.String({ description: 'As `GET /v1/phones` shows it.' }) });

/** The other side of a demo or a rehearsal: phones on which texts arrive, and from which somebody answers or calls. */
export function phoneRoutes(app: Api, { phones }: ApiParts): void {
  const answered = { 200: { description: 'The phones, as they are now.', schema: Shared('Phones') } };
  const virtual = (): VirtualPhones => {
    if (phones === undefined) throw new Fault('notFound', 'The modems of this box are real, so there are no virtual phones.');
    return phones;
  };
  const shown = (request: FastifyRequest) => ({
    data: virtual()
      .list()
      .map(({ talk, ...phone }) => ({
        ...phone,
        talk: callerOf(request).masked ? [] : talk.map((line) => ({ ...line, at: rfc3339(line.at) })),
      })),
  });

  app.get(
    '/v1/phones',
    {
      schema: {
        operationId: 'listPhones',
        tags,
        summary: 'Virtual phones',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of phones, as they are now.', schema: listOf('Phone') } }, [
          'requestInvalid',
          'notFound',
          'cursorInvalid',
        ]),
      },
    },
    (request) => Promise.resolve(pageOf('phones', shown(request).data, placeOf, pageIn(request.query))),
  );

  app.post(
    '/v1/phones/:number/texts',
    {
      schema: {
        operationId: 'writeOnPhone',
        tags,
        summary: 'Write a text on a virtual phone',
        description: 'It goes to the SIM that the phone last heard of.',
        params: Params,
        body: WriteOnPhone,
        response: answers(answered, [...BODY_FAULTS, 'notFound', 'textInvalid', 'numberInvalid']),
      },
    },
    (request) => {
      virtual().write(request.params.number, request.body.text);
      return Promise.resolve(shown(request));
    },
  );

  app.post(
    '/v1/phones/:number/calls',
    {
      schema: {
        operationId: 'callFromPhone',
        tags,
        summary: 'Call from a virtual phone',
        description: 'It calls the SIM that it last heard of, for a few seconds.',
        params: Params,
        response: answers(answered, ['requestInvalid', 'notFound']),
      },
    },
    (request) => {
      virtual().call(request.params.number);
      return Promise.resolve(shown(request));
    },
  );

  app.put(
    '/v1/phones/:number',
    {
      schema: {
        operationId: 'switchPhone',
        tags,
        summary: 'Switch a virtual phone on or off',
        params: Params,
        body: SwitchPhone,
        response: answers(answered, [...BODY_FAULTS, 'notFound']),
      },
    },
    (request) => {
      virtual().setState(request.params.number, request.body.state);
      return Promise.resolve(shown(request));
    },
  );
}
