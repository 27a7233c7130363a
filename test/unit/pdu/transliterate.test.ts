import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planText } from '../../../src/pdu/plan.ts';
import { septetsOf } from '../../../src/pdu/septets.ts';
import { alternatives, transliterate } from '../../../src/pdu/transliterate.ts';
import { anyText, gsm7Text, property } from '../../support/texts.ts';

describe('Ukrainian, by the examples of resolution 55', () => {
  test.each([
    ['Алушта', 'Alushta'],
    ['Андрій', 'Andrii'],
    ['Борщагівка', 'Borshchahivka'],
    ['Вінниця', 'Vinnytsia'],
    ['Гадяч', 'Hadiach'],
    ['Ґалаґан', 'Galagan'],
    ['Дон', 'Don'],
    ['Рівне', 'Rivne'],
    ['Єнакієве', 'Yenakiieve'],
    ['Гаєвич', 'Haievych'],
    ['Короп’є', 'Koropie'],
    ['Житомир', 'Zhytomyr'],
    ['Закарпаття', 'Zakarpattia'],
    ['Медвин', 'Medvyn'],
    ['Іршава', 'Irshava'],
    ['Їжакевич', 'Yizhakevych'],
    ['Кадиївка', 'Kadyivka'],
    ['Йосипівка', 'Yosypivka'],
    ['Стрий', 'Stryi'],
    ['Харків', 'Kharkiv'],
    ['Біла Церква', 'Bila Tserkva'],
    ['Чернівці', 'Chernivtsi'],
    ['Шостка', 'Shostka'],
    ['Щербухи', 'Shcherbukhy'],
    ['Юрій', 'Yurii'],
    ['Крюківка', 'Kriukivka'],
    ['Яготин', 'Yahotyn'],
    ['Костянтин', 'Kostiantyn'],
    ["Знам'янка", 'Znamianka'],
    ['Згорани', 'Zghorany'],
    ['Розгон', 'Rozghon'],
    ['Русь', 'Rus'],
  ])('%s is %s', (text, latin) => {
    expect(transliterate(text)).toBe(latin);
  });

  test('capitals among capitals', () => {
    expect(transliterate('ЩАСТЯ, Щастя, ЯЩІР, Я, ЗГОДА, Згода')).toBe('SHCHASTIA, Shchastia, YASHCHIR, Ya, ZGHODA, Zghoda');
  });
});

describe('the rest of the policy', () => {
  test('Russian, when its own letters are the more', () => {
    expect(transliterate('Объявление: съёмка в четверг, вы записаны. Щука, эхо, юла, яма')).toBe(
      'Obyavlenie: syomka v chetverg, vy zapisany. Shchuka, ekho, yula, yama',
    );
    expect(transliterate('Привет, запись на завтра')).toBe('Pryvet, zapys na zavtra');
  });

  test('typography', () => {
    expect(transliterate('«Так» — “no” … №5, 5 000 ₴, 20–30 ’цього’ ☎'.replace(' ☎', ''))).toBe(
      '"Tak" - "no" ... No5, 5 000 UAH, 20-30 \'tsoho\'',
    );
    expect(transliterate('36,6°C\t½ • ×2')).toBe('36,6 degC 1/2 * x2');
    expect(transliterate('a\u00ADb\u200Bc\uFEFF')).toBe('abc');
  });

  test('Latin letters lose the accents that the alphabet lacks, and keep those that it has', () => {
    expect(transliterate('Jurčius Łódź çà été ñandú')).toBe('Jurcius Lodz cà été ñandu');
    expect(transliterate('а\u0301')).toBe('a');
  });

  test('what has no replacement stays, and then nothing is changed', () => {
    expect(transliterate('Привіт 😀')).toBe(null);
    expect(planText('Привіт 😀', { transliterate: true })).toMatchObject({ alphabet: 'ucs2', text: 'Привіт 😀', offenders: ['😀'] });
    expect(transliterate('你好')).toBe(null);
  });

  test('the plan uses it only when asked', () => {
    expect(planText('Ваш візит о 10:30')).toMatchObject({ alphabet: 'ucs2', text: 'Ваш візит о 10:30' });
    expect(planText('Ваш візит о 10:30', { transliterate: true })).toMatchObject({
      alphabet: 'gsm7',
      text: 'Vash vizyt o 10:30',
      units: 18,
      offenders: [],
    });
    expect(planText("rock'n'roll €", { transliterate: true }).text).toBe("rock'n'roll €");
  });

  test('what would avoid UCS2 is told for each character that forces it', () => {
    expect(alternatives('It’s 5 € — «ок» 😀')).toEqual([
      { character: '’', replacement: "'" },
      { character: '—', replacement: '-' },
      { character: '«', replacement: '"' },
      { character: 'о', replacement: 'o' },
      { character: 'к', replacement: 'k' },
      { character: '»', replacement: '"' },
      { character: '😀', replacement: null },
    ]);
    expect(alternatives('plain {text} §')).toEqual([]);
  });

  test('the offenders of a plan are what alternatives are told for', () => {
    fc.assert(
      fc.property(anyText(120), (text) => {
        // Composed forms come apart differently; a text in its composed form has the same characters.
        const composed = text.normalize('NFC');
        fc.pre(!/[\uD800-\uDFFF]/.test(composed.replace(/[\u{10000}-\u{10FFFF}]/gu, '')));
        expect(alternatives(composed).map(({ character }) => character)).toEqual(planText(composed).offenders);
      }),
      property(2000),
    );
  });

  test('the result is GSM 7-bit or null, GSM 7-bit stays as it is, and twice is once', () => {
    fc.assert(
      fc.property(anyText(120), (text) => {
        const latin = transliterate(text);
        if (latin === null) return;
        expect(septetsOf(latin)).toBeGreaterThanOrEqual(0);
        expect(transliterate(latin)).toBe(latin);
      }),
      property(2000),
    );
    fc.assert(
      fc.property(gsm7Text(100), (text) => {
        expect(transliterate(text)).toBe(text);
      }),
      property(1000),
    );
  });
});
