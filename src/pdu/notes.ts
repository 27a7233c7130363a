/**
 * What the decoder came across that is no reason to refuse a PDU, and that whoever looks at it should know.
 *
 * - `badTimestamp`: a time has digits that are none, or no such day: it is null, its raw digits are kept.
 * - `compressed`: the user data is compressed (TS 23.042); it is in `data`, and there is no text.
 * - `invalidConcat`: the header says "segment 0", "segment 3 of 2" or the like; it is taken as a message of one segment.
 * - `oddUcs2`: UCS2 text has an odd number of octets; the last one is in `data` only.
 * - `paddedReport`: behind a status report stands filling, as in a record of a SIM.
 * - `reservedCoding`: TP-DCS has a value that the standard reserves; the text was read as GSM 7-bit, as it says to.
 * - `reservedType`: the message type is the reserved one, to be read as SMS-DELIVER (TS 23.040 9.2.3.1).
 * - `trailingOctets`: there are octets behind the end of the TPDU (a record of a SIM is filled up with FF); they were left out.
 * - `unknownLanguage`: the header names a national language that the standard reserves; the default alphabet was used.
 * - `unpairedSurrogate`: UCS2 text has half of a character, most often because the sender cut a message there: join the
 *   segments, then call `wellFormed`.
 */
export type DecodeNote =
  | 'badTimestamp'
  | 'compressed'
  | 'invalidConcat'
  | 'oddUcs2'
  | 'paddedReport'
  | 'reservedCoding'
  | 'reservedType'
  | 'trailingOctets'
  | 'unknownLanguage'
  | 'unpairedSurrogate';
