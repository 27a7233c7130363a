import { Fault, wrongAt } from '../base/fault.ts';

/** What a caller says in free words: what goes on the air, and what is kept and given back. */
export function checkStrings(wish: { readonly text: string; readonly reference?: string }): void {
  checkText(wish.text);
  if (wish.reference !== undefined) checkLine(wish.reference, (why) => wrongAt('/reference', why, 'characters'));
}

/**
 * What may stand in one line that people and programs read: no control character (C0, DEL, C1), no half of a surrogate pair.
 * @param refuse makes the fault from what is wrong with it
 */
export function checkLine(line: string, refuse: (why: string) => Fault): void {
  checkCharacters(line, '', refuse);
}

/**
 * What may stand in the name of a person or a key, which the audit log shows: as a line, and nothing that nobody sees. With a character of no
 * width, or one that turns the direction of writing, somebody could be called what looks like another.
 */
export function checkName(name: string, refuse: (why: string) => Fault): void {
  checkLine(name, refuse);
  const at = name.search(/[\p{Cf}\p{Zl}\p{Zp}]/u);
  if (at >= 0) throw refuse(`has a character that nobody sees (U+${hex(name.codePointAt(at) ?? 0)}) at position ${at + 1}; take it out`);
}

/**
 * What may stand in a text. Line feed, carriage return and form feed are in the GSM 7-bit alphabet (TS 23.038 6.2.1), a tab
 * is what people paste from spreadsheets; the other controls (C0, DEL, C1) show nothing on a phone, and some phones end the
 * text at a NUL, so they are a mistake of the caller and said so. Half a surrogate pair is no character at all.
 * @throws Fault `textInvalid` with the position, in characters from 1
 */
export function checkText(text: string): void {
  checkCharacters(
    text,
    '\n\r\t\f',
    (why) => new Fault('textInvalid', `The text ${why}.`, [{ pointer: '/text', detail: why, reason: 'characters' }]),
  );
}

function checkCharacters(text: string, controls: string, refuse: (why: string) => Fault): void {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x20 && unit < 0x7f) continue;
    if (unit < 0xa0) {
      if (controls.includes(String.fromCharCode(unit))) continue;
      throw refuse(`has the control character U+${hex(unit)} at position ${i + 1}; take it out`);
    }
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = text.charCodeAt(i + 1);
    if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) {
      throw refuse(`has half of a surrogate pair (U+${hex(unit)}) at position ${i + 1}; send the whole character`);
    }
    i += 1;
  }
}

const hex = (unit: number): string => unit.toString(16).toUpperCase().padStart(4, '0');
