import type { Table } from '../option.ts';

export const otpTemplate = {
  description:
    'What the text of a code says: one [[otpTemplate]] for each thing that codes are for. There are signIn, payment, confirmNumber, passwordChange and unlock in each language; one of the same name changes what it writes.',
  list: true,
  options: {
    name: {
      type: 'string',
      description: 'The name by which POST /v1/otp asks for it.',
      since: '0.1.0',
      format: 'name',
      example: 'signIn',
    },
    uk: text('Ukrainian', '{code} - код, щоб увійти до {site}. Нікому його не кажіть.'),
    ru: text('Russian', '{code} - код, чтобы войти в {site}. Никому его не говорите.'),
    en: text('English', '{code} is your code to sign in to {site}. Tell it to no one.'),
    kk: text('Kazakh', '{code} - {site} кіру коды. Оны ешкімге айтпаңыз.'),
    pl: text('Polish', '{code} - kod logowania do {site}. Nie podawaj go nikomu.'),
    webOtpDomain: {
      type: 'string',
      description: 'The domain whose page may fill the code in by itself (WebOTP); the text then ends with a line "@domain #code".',
      since: '0.1.0',
      format: 'domain',
      optional: true,
      example: 'clinic.example',
    },
  },
} as const satisfies Table;

function text<const Example extends string>(language: string, example: Example) {
  return {
    type: 'string',
    description: `The text in ${language}: {code} once, what it is for, and that nobody else may have it; {site} and {minutes} may stand in it. No link, no other number, no advertising.`,
    since: '0.1.0',
    format: 'otpText',
    optional: true,
    example,
  } as const;
}
