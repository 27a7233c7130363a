import { describe, expect, it } from 'vitest';
import { planText } from '../../../src/pdu/plan.ts';
import { LANGUAGES } from '../../../src/policy/language.ts';
import { otpFlaws, otpTemplates, renderOtp } from '../../../src/policy/otp-template.ts';

const shipped = otpTemplates([]);
const facts = { code: '042917', site: 'Клініка', validFor: 300 };

describe('texts of codes', () => {
  it('are there for each template in each language, and are what the lint asks of others', () => {
    expect([...shipped.keys()]).toEqual(['signIn', 'payment', 'confirmNumber', 'passwordChange', 'unlock']);
    for (const [name, { texts }] of shipped) {
      expect(Object.keys(texts)).toEqual([...LANGUAGES]);
      for (const text of Object.values(texts).flat()) expect(otpFlaws(text), `${name}: ${text}`).toEqual([]);
    }
  });

  it('fit in one segment, the shortest of each with ten digits also beside a domain', () => {
    for (const template of shipped.values()) {
      for (const texts of Object.values(template.texts)) {
        const short = texts.at(-1) ?? '';
        const rendered = renderOtp({ ...template, domain: 'a.example' }, [short], { ...facts, code: '0429170429' });
        for (const text of rendered) expect(planText(text.split('\n')[0] ?? '', { transliterate: false }).segments, text).toHaveLength(1);
        expect(planText(renderOtp(template, [short], facts)[0] ?? '', { transliterate: false }).segments, short).toHaveLength(1);
      }
    }
  });

  it('are filled in, with the last line of WebOTP where a domain is named', () => {
    const own = otpTemplates([
      { name: 'card', en: '{code} to collect your card at {site}, {minutes} min. Tell no one.', webOtpDomain: 'clinic.example' },
    ]);
    const card = own.get('card');
    expect(card && renderOtp(card, card.texts.en ?? [], facts)).toEqual([
      '042917 to collect your card at Клініка, 5 min. Tell no one.\n\n@clinic.example #042917',
    ]);
  });

  it('of the site stand over those that Simpost has, language by language', () => {
    const own = otpTemplates([{ name: 'signIn', uk: '{code} - вхід. Нікому не кажіть.' }]).get('signIn');
    expect(own?.texts.uk).toEqual(['{code} - вхід. Нікому не кажіть.']);
    expect(own?.texts.en).toEqual(shipped.get('signIn')?.texts.en);
  });

  it.each([
    ['Ваш вхід підтверджено. Нікому не кажіть.', 'not just once'],
    ['{code} {code} - код входу. Нікому не кажіть.', 'not just once'],
    ['{code} - код входу.', 'nobody else'],
    ['{code}. Нікому його не кажіть.', 'what the code is for'],
    ['{code} - код входу. Нікому не кажіть. Сайт: clinic.example', 'link'],
    ['{code} - код входу. Нікому не кажіть. https://a.example/x', 'link'],
    ['{code} - код входу. Нікому не кажіть. www.clinic', 'link'],
    ['{code} - код входа. Никому не говорите. сайт.укр', 'link'],
    ['{code} is your code to sign in. Tell no one. Call 0441234567', 'number'],
    ['{code} - код входу. Нікому не кажіть. Знижка на чищення', 'advertising'],
    ['{code} - код оплаты. Никому не говорите. Скидки ждут', 'advertising'],
    ['{code} to sign in. Tell no one. New offers inside', 'advertising'],
    ['{code} - kod logowania. Nie podawaj go nikomu. Promocja trwa', 'advertising'],
    ['{code} - кіру коды. Оны ешкімге айтпаңыз. Жеңілдіктер бар', 'advertising'],
    ['{code} - код входу! Нікому не кажіть', 'advertising'],
    ['{code} {name} - код входу. Нікому не кажіть.', '{name}'],
    [`{code} - код входу. Нікому не кажіть.${' дуже'.repeat(30)}`, 'longer'],
    ['{code} - код входу. Нікому не кажіть. Ми тут. Ви там.', 'sentences'],
  ])('refuses %j', (text, why) => {
    expect(otpFlaws(text).join('; ')).toContain(why);
  });
});
