import { Type } from 'typebox';
import { LANGUAGES } from '../../policy/language.ts';
import { POSTER_KINDS } from '../../store/records/poster.ts';
import { Instant, NOT_BLANK, OneOf } from './common.ts';

const kind = OneOf(POSTER_KINDS, {
  description: '`consent`: who texts YES with its word agrees to its wording; `optOut`: it opens the text that ends offers.',
});
const wording = Type.String({ ...NOT_BLANK, maxLength: 500, description: 'What stands on it: the very words that are agreed to.' });

export const Poster = Type.Object(
  {
    word: Type.String(),
    kind,
    wording,
    number: Type.String({ description: 'That is texted to, E.164.' }),
    language: OneOf(LANGUAGES),
    text: Type.String({ description: 'The text that is ready when the code is scanned.' }),
    smsUri: Type.String({ description: 'What the QR code holds (RFC 5724).' }),
    at: Instant('When it was made.'),
  },
  {
    $id: 'Poster',
    additionalProperties: false,
    description: 'What hangs at the desk: `GET /v1/posters/{word}/page` is the page to print.',
    examples: [
      {
        word: 'КАВА',
        kind: 'consent',
        wording: 'Надсилайте мені новини й пропозиції кав’ярні.',
        number: '+380501234567',
        language: 'uk',
        text: 'ТАК КАВА',
        smsUri: 'sms:+380501234567?body=%D0%A2%D0%90%D0%9A%20%D0%9A%D0%90%D0%92%D0%90',
        at: '2026-11-22T10:00:00.000Z',
      },
    ],
  },
);

export const SetPoster = Type.Object(
  {
    kind: Type.Optional(kind),
    wording,
    number: Type.String({ minLength: 1, maxLength: 40, description: 'Of a SIM of this box.' }),
    language: Type.Optional(OneOf(LANGUAGES)),
  },
  { $id: 'SetPoster', additionalProperties: false },
);

export const PosterParams = Type.Object({
  word: Type.String({ minLength: 2, maxLength: 20, description: 'One word of letters and digits.' }),
});
export const PosterRemoved = Type.Object({ word: Type.String(), removed: Type.Literal(true) }, { additionalProperties: false });
