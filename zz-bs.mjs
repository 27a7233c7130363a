globalThis.__t={};globalThis.__m=(n,f)=>{const a=performance.now();try{return f();}finally{const d=performance.now()-a;(globalThis.__t[n]??=[]).push(d);}};
// zz-bench-server.mts
import { mkdtemp } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import Fastify2 from "fastify";

// src/base/clock.ts
var LONGEST = 2 ** 31 - 1;
var systemClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(delay, fn) {
    let handle;
    const arm = (left) => {
      handle = setTimeout(() => left > LONGEST ? arm(left - LONGEST) : fn(), Math.min(Math.max(left, 0), LONGEST));
    };
    arm(delay);
    return { cancel: () => clearTimeout(handle) };
  }
};
function rfc3339(ms) {
  return new Date(ms).toISOString();
}

// src/base/random.ts
import { randomBytes } from "node:crypto";
var systemRandom = {
  bytes: (n) => { if (n > 16) return randomBytes(n); if (globalThis.__o === undefined || globalThis.__o + n > 4096) { globalThis.__p = randomBytes(4096); globalThis.__o = 0; } const b = Buffer.from(globalThis.__p.subarray(globalThis.__o, globalThis.__o + n)); globalThis.__o += n; return b; },
  float: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48
};

// src/base/log.ts
import { pino } from "pino";
function createLog(level) {
  return pino(
    { name: "simpost", level, redact: ["req.headers.authorization", "*.text", "*.pdu"] },
    pino.destination({ fd: 2, sync: true })
  );
}
var silentLog = pino({ level: "silent" });

// src/base/fault.ts
var FAULTS = {
  requestInvalid: { status: 400, title: "The request is not as this call expects it" },
  bodyInvalid: { status: 400, title: "The body is not JSON" },
  cursorInvalid: { status: 400, title: "The cursor is not one of ours" },
  keyMissing: { status: 401, title: "An API key is needed" },
  keyInvalid: { status: 401, title: "The API key is not known" },
  scopeMissing: { status: 403, title: "The API key may not do this" },
  notFound: { status: 404, title: "There is nothing here" },
  methodNotAllowed: { status: 405, title: "This address does not take that method" },
  requestTimeout: { status: 408, title: "The request took too long to arrive" },
  tooLate: { status: 409, title: "It is too late for that" },
  idempotencyInFlight: { status: 409, title: "The first request with this Idempotency-Key is still being answered" },
  bodyTooLarge: { status: 413, title: "The body is too large" },
  mediaTypeUnsupported: { status: 415, title: "The body is not application/json" },
  numberInvalid: { status: 422, title: "This cannot be a phone number" },
  textInvalid: { status: 422, title: "The text cannot be sent" },
  textTooLong: { status: 422, title: "The text has too many segments" },
  simUnknown: { status: 422, title: "There is no such SIM" },
  timeInvalid: { status: 422, title: "The time cannot be kept" },
  idempotencyMismatch: { status: 422, title: "This Idempotency-Key was used with another body" },
  policyRefused: { status: 422, title: "Policy refuses this message" },
  rateLimited: { status: 429, title: "Too many requests" },
  headersTooLarge: { status: 431, title: "The request line or its headers are too large" },
  internal: { status: 500, title: "Simpost made a mistake" },
  unavailable: { status: 503, title: "Simpost cannot do this now" },
  storeFull: { status: 507, title: "The disk is full" },
  // Those below never reach an HTTP client as such; the status is what they would be.
  configInvalid: { status: 500, title: "The configuration has mistakes" },
  storeInUse: { status: 503, title: "Another daemon uses this data folder" },
  storeNewer: { status: 503, title: "The store was written by a newer Simpost" },
  storeForeign: { status: 503, title: "The data folder is not one of ours" },
  portGone: { status: 503, title: "The port is gone" },
  portBusy: { status: 503, title: "The port cannot be opened" },
  modemMute: { status: 504, title: "The modem does not answer" },
  modemRefused: { status: 502, title: "The modem refuses the command" },
  modemRubbish: { status: 502, title: "What is on this port does not speak AT" },
  pduInvalid: { status: 422, title: "The PDU cannot be decoded" },
  closed: { status: 503, title: "It was closed while waiting" }
};
var Fault = class extends Error {
  /** @param detail one sentence: what is wrong, where, what to do */
  constructor(code, detail, places = [], options) {
    super(detail, options);
    this.code = code;
    this.places = places;
  }
  code;
  places;
  name = "Fault";
  get status() {
    return FAULTS[this.code].status;
  }
  get title() {
    return FAULTS[this.code].title;
  }
};
var TRANSIENT = /* @__PURE__ */ new Set(["unavailable", "portGone", "portBusy", "modemMute", "rateLimited", "storeFull"]);
function isTransient(fault) {
  return fault instanceof Fault && TRANSIENT.has(fault.code);
}

// src/base/ids.ts
function newId(kind, random) {
  return `${kind}_${random.bytes(12).toString("hex")}`;
}

// src/pdu/data/gsm7-default.json
var gsm7_default_default = {
  source: "3GPP TS 23.038 6.2.1 (GSM 7 bit default alphabet) and 6.2.1.1 (its extension table).",
  reading: "locking: eight rows of sixteen Unicode code points, septets 00 to 7F; ESC. is the escape 1B. single: septet after the escape -> code point.",
  locking: [
    "0040 00A3 0024 00A5 00E8 00E9 00F9 00EC 00F2 00C7 000A 00D8 00F8 000D 00C5 00E5",
    "0394 005F 03A6 0393 039B 03A9 03A0 03A8 03A3 0398 039E ESC. 00C6 00E6 00DF 00C9",
    "0020 0021 0022 0023 00A4 0025 0026 0027 0028 0029 002A 002B 002C 002D 002E 002F",
    "0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B 003C 003D 003E 003F",
    "00A1 0041 0042 0043 0044 0045 0046 0047 0048 0049 004A 004B 004C 004D 004E 004F",
    "0050 0051 0052 0053 0054 0055 0056 0057 0058 0059 005A 00C4 00D6 00D1 00DC 00A7",
    "00BF 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F",
    "0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 00E4 00F6 00F1 00FC 00E0"
  ],
  single: {
    "0A": "000C",
    "14": "005E",
    "28": "007B",
    "29": "007D",
    "2F": "005C",
    "3C": "005B",
    "3D": "007E",
    "3E": "005D",
    "40": "007C",
    "65": "20AC"
  }
};

// src/pdu/data/gsm7-national.json
var gsm7_national_default = {
  source: "3GPP TS 23.038 annex A.2 (national language single shift tables) and A.3 (locking shift tables); compared cell by cell with the tables of Android (GsmAlphabet.java) and oFono (util.c).",
  reading: "As gsm7-default.json; id is the national language identifier of TS 23.038 6.2.1.2.4; ---- is a cell without a character.",
  corrections: [
    "Kannada locking 24 is U+0CA1: TS 23.038 V9.1.1 prints U+0CAA a second time.",
    "Tamil single shift 24 is U+0BEE and Telugu single shift 22, 23 are U+0C6C, U+0C6D: misprints of the same version."
  ],
  languages: [
    {
      name: "turkish",
      id: 1,
      locking: [
        "0040 00A3 0024 00A5 20AC 00E9 00F9 0131 00F2 00C7 000A 011E 011F 000D 00C5 00E5",
        "0394 005F 03A6 0393 039B 03A9 03A0 03A8 03A3 0398 039E ESC. 015E 015F 00DF 00C9",
        "0020 0021 0022 0023 00A4 0025 0026 0027 0028 0029 002A 002B 002C 002D 002E 002F",
        "0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B 003C 003D 003E 003F",
        "0130 0041 0042 0043 0044 0045 0046 0047 0048 0049 004A 004B 004C 004D 004E 004F",
        "0050 0051 0052 0053 0054 0055 0056 0057 0058 0059 005A 00C4 00D6 00D1 00DC 00A7",
        "00E7 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F",
        "0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 00E4 00F6 00F1 00FC 00E0"
      ],
      single: {
        "0A": "000C",
        "14": "005E",
        "28": "007B",
        "29": "007D",
        "2F": "005C",
        "3C": "005B",
        "3D": "007E",
        "3E": "005D",
        "40": "007C",
        "47": "011E",
        "49": "0130",
        "53": "015E",
        "63": "00E7",
        "65": "20AC",
        "67": "011F",
        "69": "0131",
        "73": "015F"
      }
    },
    {
      name: "spanish",
      id: 2,
      locking: null,
      single: {
        "09": "00E7",
        "0A": "000C",
        "14": "005E",
        "28": "007B",
        "29": "007D",
        "2F": "005C",
        "3C": "005B",
        "3D": "007E",
        "3E": "005D",
        "40": "007C",
        "41": "00C1",
        "49": "00CD",
        "4F": "00D3",
        "55": "00DA",
        "61": "00E1",
        "65": "20AC",
        "69": "00ED",
        "6F": "00F3",
        "75": "00FA"
      }
    },
    {
      name: "portuguese",
      id: 3,
      locking: [
        "0040 00A3 0024 00A5 00EA 00E9 00FA 00ED 00F3 00E7 000A 00D4 00F4 000D 00C1 00E1",
        "0394 005F 00AA 00C7 00C0 221E 005E 005C 20AC 00D3 007C ESC. 00C2 00E2 00CA 00C9",
        "0020 0021 0022 0023 00BA 0025 0026 0027 0028 0029 002A 002B 002C 002D 002E 002F",
        "0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B 003C 003D 003E 003F",
        "00CD 0041 0042 0043 0044 0045 0046 0047 0048 0049 004A 004B 004C 004D 004E 004F",
        "0050 0051 0052 0053 0054 0055 0056 0057 0058 0059 005A 00C3 00D5 00DA 00DC 00A7",
        "007E 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F",
        "0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 00E3 00F5 0060 00FC 00E0"
      ],
      single: {
        "05": "00EA",
        "09": "00E7",
        "0A": "000C",
        "0B": "00D4",
        "0C": "00F4",
        "0E": "00C1",
        "0F": "00E1",
        "12": "03A6",
        "13": "0393",
        "14": "005E",
        "15": "03A9",
        "16": "03A0",
        "17": "03A8",
        "18": "03A3",
        "19": "0398",
        "1F": "00CA",
        "28": "007B",
        "29": "007D",
        "2F": "005C",
        "3C": "005B",
        "3D": "007E",
        "3E": "005D",
        "40": "007C",
        "41": "00C0",
        "49": "00CD",
        "4F": "00D3",
        "55": "00DA",
        "5B": "00C3",
        "5C": "00D5",
        "61": "00C2",
        "65": "20AC",
        "69": "00ED",
        "6F": "00F3",
        "75": "00FA",
        "7B": "00E3",
        "7C": "00F5",
        "7F": "00E2"
      }
    },
    {
      name: "bengali",
      id: 4,
      locking: [
        "0981 0982 0983 0985 0986 0987 0988 0989 098A 098B 000A 098C ---- 000D ---- 098F",
        "0990 ---- ---- 0993 0994 0995 0996 0997 0998 0999 099A ESC. 099B 099C 099D 099E",
        "0020 0021 099F 09A0 09A1 09A2 09A3 09A4 0029 0028 09A5 09A6 002C 09A7 002E 09A8",
        "0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B ---- 09AA 09AB 003F",
        "09AC 09AD 09AE 09AF 09B0 ---- 09B2 ---- ---- ---- 09B6 09B7 09B8 09B9 09BC 09BD",
        "09BE 09BF 09C0 09C1 09C2 09C3 09C4 ---- ---- 09C7 09C8 ---- ---- 09CB 09CC 09CD",
        "09CE 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F",
        "0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 09D7 09DC 09DD 09F0 09F1"
      ],
      single: {
        "00": "0040",
        "01": "00A3",
        "02": "0024",
        "03": "00A5",
        "04": "00BF",
        "05": "0022",
        "06": "00A4",
        "07": "0025",
        "08": "0026",
        "09": "0027",
        "0A": "000C",
        "0B": "002A",
        "0C": "002B",
        "0E": "002D",
        "0F": "002F",
        "10": "003C",
        "11": "003D",
        "12": "003E",
        "13": "00A1",
        "14": "005E",
        "15": "00A1",
        "16": "005F",
        "17": "0023",
        "18": "002A",
        "19": "09E6",
        "1A": "09E7",
        "1C": "09E8",
        "1D": "09E9",
        "1E": "09EA",
        "1F": "09EB",
        "20": "09EC",
        "21": "09ED",
        "22": "09EE",
        "23": "09EF",
        "24": "09DF",
        "25": "09E0",
        "26": "09E1",
        "27": "09E2",
        "28": "007B",
        "29": "007D",
        "2A": "09E3",
        "2B": "09F2",
        "2C": "09F3",
        "2D": "09F4",
        "2E": "09F5",
        "2F": "005C",
        "30": "09F6",
        "31": "09F7",
        "32": "09F8",
        "33": "09F9",
        "34": "09FA",
        "3C": "005B",
        "3D": "007E",
        "3E": "005D",
        "40": "007C",
        "41": "0041",
        "42": "0042",
        "43": "0043",
        "44": "0044",
        "45": "0045",
        "46": "0046",
        "47": "0047",
        "48": "0048",
        "49": "0049",
        "4A": "004A",
        "4B": "004B",
        "4C": "004C",
        "4D": "004D",
        "4E": "004E",
        "4F": "004F",
        "50": "0050",
        "51": "0051",
        "52": "0052",
        "53": "0053",
        "54": "0054",
        "55": "0055",
        "56": "0056",
        "57": "0057",
        "58": "0058",
        "59": "0059",
        "5A": "005A",
        "65": "20AC"
      }
    },
    {
      name: "gujarati",
      id: 5,
      locking: [
        "0A81 0A82 0A83 0A85 0A86 0A87 0A88 0A89 0A8A 0A8B 000A 0A8C 0A8D 000D ---- 0A8F",
        "0A90 0A91 ---- 0A93 0A94 0A95 0A96 0A97 0A98 0A99 0A9A ESC. 0A9B 0A9C 0A9D 0A9E",
        "0020 0021 0A9F 0AA0 0AA1 0AA2 0AA3 0AA4 0029 0028 0AA5 0AA6 002C 0AA7 002E 0AA8",
        "0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B ---- 0AAA 0AAB 003F",
        "0AAC 0AAD 0AAE 0AAF 0AB0 ---- 0AB2 0AB3 ---- 0AB5 0AB6 0AB7 0AB8 0AB9 0ABC 0ABD",
        "0ABE 0ABF 0AC0 0AC1 0AC2 0AC3 0AC4 0AC5 ---- 0AC7 0AC8 0AC9 ---- 0ACB 0ACC 0ACD",
        "0AD0 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F",
        "0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 0AE0 0AE1 0AE2 0AE3 0AF1"
      ],
      single: {
        "00": "0040",
        "01": "00A3",
        "02": "0024",
        "03": "00A5",
        "04": "00BF",
        "05": "0022",
        "06": "00A4",
        "07": "0025",
        "08": "0026",
        "09": "0027",
        "0A": "000C",
        "0B": "002A",
        "0C": "002B",
        "0E": "002D",
        "0F": "002F",
        "10": "003C",
        "11": "003D",
        "12": "003E",
        "13": "00A1",
        "14": "005E",
        "15": "00A1",
        "16": "005F",
        "17": "0023",
        "18": "002A",
        "19": "0964",
        "1A": "0965",
        "1C": "0AE6",
        "1D": "0AE7",
        "1E": "0AE8",
        "1F": "0AE9",
        "20": "0AEA",
        "21": "0AEB",
        "22": "0AEC",
        "23": "0AED",
        "24": "0AEE",
        "25": "0AEF",
        "28": "007B",
        "29": "007D",
        "2F": "005C",
        "3C": "005B",
        "3D": "007E",
        "3E": "005D",
        "40": "007C",
        "41": "0041",
        "42": "0042",
        "43": "0043",
        "44": "0044",
        "45": "0045",
        "46": "0046",
        "47": "0047",
        "48": "0048",
        "49": "0049",
        "4A": "004A",
        "4B": "004B",
        "4C": "004C",
        "4D": "004D",
        "4E": "004E",
        "4F": "004F",
        "50": "0050",
        "51": "0051",
        "52": "0052",
        "53": "0053",
        "54": "0054",
        "55": "0055",
        "56": "0056",
        "57": "0057",
        "58": "0058",
        "59": "0059",
        "5A": "005A",
        "65": "20AC"
      }
    },
    {
      name: "hindi",
      id: 6,
      locking: [
        "0901 0902 0903 0905 0906 0907 0908 0909 090A 090B 000A 090C 090D 000D 090E 090F",
        "0910 0911 0912 0913 0914 0915 0916 0917 0918 0919 091A ESC. 091B 091C 091D 091E",
        "0020 0021 091F 0920 0921 0922 0923 0924 0029 0028 0925 0926 002C 0927 002E 0928",
        "0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B 0929 092A 092B 003F",
        "092C 092D 092E 092F 0930 0931 0932 0933 0934 0935 0936 0937 0938 0939 093C 093D",
        "093E 093F 0940 0941 0942 0943 0944 0945 0946 0947 0948 0949 094A 094B 094C 094D",
        "0950 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F",
        "0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 0972 097B 097C 097E 097F"
      ],
      single: {
        "00": "0040",
        "01": "00A3",
        "02": "0024",
        "03": "00A5",
        "04": "00BF",
        "05": "0022",
        "06": "00A4",
        "07": "0025",
        "08": "0026",
        "09": "0027",
        "0A": "000C",
        "0B": "002A",
        "0C": "002B",
        "0E": "002D",
        "0F": "002F",
        "10": "003C",
        "11": "003D",
        "12": "003E",
        "13": "00A1",
        "14": "005E",
        "15": "00A1",
        "16": "005F",
        "17": "0023",
        "18": "002A",
        "19": "0964",
        "1A": "0965",
        "1C": "0966",
        "1D": "0967",
        "1E": "0968",
        "1F": "0969",
        "20": "096A",
        "21": "096B",
        "22": "096C",
        "23": "096D",
        "24": "096E",
        "25": "096F",
        "26": "0951",
        "27": "0952",
        "28": "007B",
        "29": "007D",
        "2A": "0953",
        "2B": "0954",
        "2C": "0958",
        "2D": "0959",
        "2E": "095A",
        "2F": "005C",
        "30": "095B",
        "31": "095C",
        "32": "095D",
        "33": "095E",
        "34": "095F",
        "35": "0960",
        "36": "0961",
        "37": "0962",
        "38": "0963",
        "39": "0970",
        "3A": "0971",
        "3C": "005B",
        "3D": "007E",
        "3E": "005D",
        "40": "007C",
        "41": "0041",
        "42": "0042",
        "43": "0043",
        "44": "0044",
        "45": "0045",
        "46": "0046",
        "47": "0047",
        "48": "0048",
        "49": "0049",
        "4A": "004A",
        "4B": "004B",
        "4C": "004C",
        "4D": "004D",
        "4E": "004E",
        "4F": "004F",
        "50": "0050",
        "51": "0051",
        "52": "0052",
        "53": "0053",
        "54": "0054",
        "55": "0055",
        "56": "0056",
        "57": "0057",
        "58": "0058",
        "59": "0059",
        "5A": "005A",
        "65": "20AC"
      }
    },
    {
      name: "kannada",
      id: 7,
      locking: [
        "---- 0C82 0C83 0C85 0C86 0C87 0C88 0C89 0C8A 0C8B 000A 0C8C ---- 000D 0C8E 0C8F",
        "0C90 ---- 0C92 0C93 0C94 0C95 0C96 0C97 0C98 0C99 0C9A ESC. 0C9B 0C9C 0C9D 0C9E",
        "0020 0021 0C9F 0CA0 0CA1 0CA2 0CA3 0CA4 0029 0028 0CA5 0CA6 002C 0CA7 002E 0CA8",
        "0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B ---- 0CAA 0CAB 003F",
        "0CAC 0CAD 0CAE 0CAF 0CB0 0CB1 0CB2 0CB3 ---- 0CB5 0CB6 0CB7 0CB8 0CB9 0CBC 0CBD",
        "0CBE 0CBF 0CC0 0CC1 0CC2 0CC3 0CC4 ---- 0CC6 0CC7 0CC8 ---- 0CCA 0CCB 0CCC 0CCD",
        "0CD5 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F",
        "0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 0CD6 0CE0 0CE1 0CE2 0CE3"
      ],
      single: {
        "00": "0040",
        "01": "00A3",
        "02": "0024",
        "03": "00A5",
        "04": "00BF",
        "05": "0022",
        "06": "00A4",
        "07": "0025",
        "08": "0026",
        "09": "0027",
        "0A": "000C",
        "0B": "002A",
        "0C": "002B",
        "0E": "002D",
        "0F": "002F",
        "10": "003C",
        "11": "003D",
        "12": "003E",
        "13": "00A1",
        "14": "005E",
        "15": "00A1",
        "16": "005F",
        "17": "0023",
        "18": "002A",
        "19": "0964",
        "1A": "0965",
        "1C": "0CE6",
        "1D": "0CE7",
        "1E": "0CE8",
        "1F": "0CE9",
        "20": "0CEA",
        "21": "0CEB",
        "22": "0CEC",
        "23": "0CED",
        "24": "0CEE",
        "25": "0CEF",
        "26": "0CDE",
        "27": "0CF1",
        "28": "007B",
        "29": "007D",
        "2A": "0CF2",
        "2F": "005C",
        "3C": "005B",
        "3D": "007E",
        "3E": "005D",
        "40": "007C",
        "41": "0041",
        "42": "0042",
        "43": "0043",
        "44": "0044",
        "45": "0045",
        "46": "0046",
        "47": "0047",
        "48": "0048",
        "49": "0049",
        "4A": "004A",
        "4B": "004B",
        "4C": "004C",
        "4D": "004D",
        "4E": "004E",
        "4F": "004F",
        "50": "0050",
        "51": "0051",
        "52": "0052",
        "53": "0053",
        "54": "0054",
        "55": "0055",
        "56": "0056",
        "57": "0057",
        "58": "0058",
        "59": "0059",
        "5A": "005A",
        "65": "20AC"
      }
    },
    {
      name: "malayalam",
      id: 8,
      locking: [
        "---- 0D02 0D03 0D05 0D06 0D07 0D08 0D09 0D0A 0D0B 000A 0D0C ---- 000D 0D0E 0D0F",
        "0D10 ---- 0D12 0D13 0D14 0D15 0D16 0D17 0D18 0D19 0D1A ESC. 0D1B 0D1C 0D1D 0D1E",
        "0020 0021 0D1F 0D20 0D21 0D22 0D23 0D24 0029 0028 0D25 0D26 002C 0D27 002E 0D28",
        "0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B ---- 0D2A 0D2B 003F",
        "0D2C 0D2D 0D2E 0D2F 0D30 0D31 0D32 0D33 0D34 0D35 0D36 0D37 0D38 0D39 ---- 0D3D",
        "0D3E 0D3F 0D40 0D41 0D42 0D43 0D44 ---- 0D46 0D47 0D48 ---- 0D4A 0D4B 0D4C 0D4D",
        "0D57 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F",
        "0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 0D60 0D61 0D62 0D63 0D79"
      ],
      single: {
        "00": "0040",
        "01": "00A3",
        "02": "0024",
        "03": "00A5",
        "04": "00BF",
        "05": "0022",
        "06": "00A4",
        "07": "0025",
        "08": "0026",
        "09": "0027",
        "0A": "000C",
        "0B": "002A",
        "0C": "002B",
        "0E": "002D",
        "0F": "002F",
        "10": "003C",
        "11": "003D",
        "12": "003E",
        "13": "00A1",
        "14": "005E",
        "15": "00A1",
        "16": "005F",
        "17": "0023",
        "18": "002A",
        "19": "0964",
        "1A": "0965",
        "1C": "0D66",
        "1D": "0D67",
        "1E": "0D68",
        "1F": "0D69",
        "20": "0D6A",
        "21": "0D6B",
        "22": "0D6C",
        "23": "0D6D",
        "24": "0D6E",
        "25": "0D6F",
        "26": "0D70",
        "27": "0D71",
        "28": "007B",
        "29": "007D",
        "2A": "0D72",
        "2B": "0D73",
        "2C": "0D74",
        "2D": "0D75",
        "2E": "0D7A",
        "2F": "005C",
        "30": "0D7B",
        "31": "0D7C",
        "32": "0D7D",
        "33": "0D7E",
        "34": "0D7F",
        "3C": "005B",
        "3D": "007E",
        "3E": "005D",
        "40": "007C",
        "41": "0041",
        "42": "0042",
        "43": "0043",
        "44": "0044",
        "45": "0045",
        "46": "0046",
        "47": "0047",
        "48": "0048",
        "49": "0049",
        "4A": "004A",
        "4B": "004B",
        "4C": "004C",
        "4D": "004D",
        "4E": "004E",
        "4F": "004F",
        "50": "0050",
        "51": "0051",
        "52": "0052",
        "53": "0053",
        "54": "0054",
        "55": "0055",
        "56": "0056",
        "57": "0057",
        "58": "0058",
        "59": "0059",
        "5A": "005A",
        "65": "20AC"
      }
    },
    {
      name: "oriya",
      id: 9,
      locking: [
        "0B01 0B02 0B03 0B05 0B06 0B07 0B08 0B09 0B0A 0B0B 000A 0B0C ---- 000D ---- 0B0F",
        "0B10 ---- ---- 0B13 0B14 0B15 0B16 0B17 0B18 0B19 0B1A ESC. 0B1B 0B1C 0B1D 0B1E",
        "0020 0021 0B1F 0B20 0B21 0B22 0B23 0B24 0029 0028 0B25 0B26 002C 0B27 002E 0B28",
        "0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B ---- 0B2A 0B2B 003F",
        "0B2C 0B2D 0B2E 0B2F 0B30 ---- 0B32 0B33 ---- 0B35 0B36 0B37 0B38 0B39 0B3C 0B3D",
        "0B3E 0B3F 0B40 0B41 0B42 0B43 0B44 ---- ---- 0B47 0B48 ---- ---- 0B4B 0B4C 0B4D",
        "0B56 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F",
        "0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 0B57 0B60 0B61 0B62 0B63"
      ],
      single: {
        "00": "0040",
        "01": "00A3",
        "02": "0024",
        "03": "00A5",
        "04": "00BF",
        "05": "0022",
        "06": "00A4",
        "07": "0025",
        "08": "0026",
        "09": "0027",
        "0A": "000C",
        "0B": "002A",
        "0C": "002B",
        "0E": "002D",
        "0F": "002F",
        "10": "003C",
        "11": "003D",
        "12": "003E",
        "13": "00A1",
        "14": "005E",
        "15": "00A1",
        "16": "005F",
        "17": "0023",
        "18": "002A",
        "19": "0964",
        "1A": "0965",
        "1C": "0B66",
        "1D": "0B67",
        "1E": "0B68",
        "1F": "0B69",
        "20": "0B6A",
        "21": "0B6B",
        "22": "0B6C",
        "23": "0B6D",
        "24": "0B6E",
        "25": "0B6F",
        "26": "0B5C",
        "27": "0B5D",
        "28": "007B",
        "29": "007D",
        "2A": "0B5F",
        "2B": "0B70",
        "2C": "0B71",
        "2F": "005C",
        "3C": "005B",
        "3D": "007E",
        "3E": "005D",
        "40": "007C",
        "41": "0041",
        "42": "0042",
        "43": "0043",
        "44": "0044",
        "45": "0045",
        "46": "0046",
        "47": "0047",
        "48": "0048",
        "49": "0049",
        "4A": "004A",
        "4B": "004B",
        "4C": "004C",
        "4D": "004D",
        "4E": "004E",
        "4F": "004F",
        "50": "0050",
        "51": "0051",
        "52": "0052",
        "53": "0053",
        "54": "0054",
        "55": "0055",
        "56": "0056",
        "57": "0057",
        "58": "0058",
        "59": "0059",
        "5A": "005A",
        "65": "20AC"
      }
    },
    {
      name: "punjabi",
      id: 10,
      locking: [
        "0A01 0A02 0A03 0A05 0A06 0A07 0A08 0A09 0A0A ---- 000A ---- ---- 000D ---- 0A0F",
        "0A10 ---- ---- 0A13 0A14 0A15 0A16 0A17 0A18 0A19 0A1A ESC. 0A1B 0A1C 0A1D 0A1E",
        "0020 0021 0A1F 0A20 0A21 0A22 0A23 0A24 0029 0028 0A25 0A26 002C 0A27 002E 0A28",
        "0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B ---- 0A2A 0A2B 003F",
        "0A2C 0A2D 0A2E 0A2F 0A30 ---- 0A32 0A33 ---- 0A35 0A36 ---- 0A38 0A39 0A3C ----",
        "0A3E 0A3F 0A40 0A41 0A42 ---- ---- ---- ---- 0A47 0A48 ---- ---- 0A4B 0A4C 0A4D",
        "0A51 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F",
        "0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 0A70 0A71 0A72 0A73 0A74"
      ],
      single: {
        "00": "0040",
        "01": "00A3",
        "02": "0024",
        "03": "00A5",
        "04": "00BF",
        "05": "0022",
        "06": "00A4",
        "07": "0025",
        "08": "0026",
        "09": "0027",
        "0A": "000C",
        "0B": "002A",
        "0C": "002B",
        "0E": "002D",
        "0F": "002F",
        "10": "003C",
        "11": "003D",
        "12": "003E",
        "13": "00A1",
        "14": "005E",
        "15": "00A1",
        "16": "005F",
        "17": "0023",
        "18": "002A",
        "19": "0964",
        "1A": "0965",
        "1C": "0A66",
        "1D": "0A67",
        "1E": "0A68",
        "1F": "0A69",
        "20": "0A6A",
        "21": "0A6B",
        "22": "0A6C",
        "23": "0A6D",
        "24": "0A6E",
        "25": "0A6F",
        "26": "0A59",
        "27": "0A5A",
        "28": "007B",
        "29": "007D",
        "2A": "0A5B",
        "2B": "0A5C",
        "2C": "0A5E",
        "2D": "0A75",
        "2F": "005C",
        "3C": "005B",
        "3D": "007E",
        "3E": "005D",
        "40": "007C",
        "41": "0041",
        "42": "0042",
        "43": "0043",
        "44": "0044",
        "45": "0045",
        "46": "0046",
        "47": "0047",
        "48": "0048",
        "49": "0049",
        "4A": "004A",
        "4B": "004B",
        "4C": "004C",
        "4D": "004D",
        "4E": "004E",
        "4F": "004F",
        "50": "0050",
        "51": "0051",
        "52": "0052",
        "53": "0053",
        "54": "0054",
        "55": "0055",
        "56": "0056",
        "57": "0057",
        "58": "0058",
        "59": "0059",
        "5A": "005A",
        "65": "20AC"
      }
    },
    {
      name: "tamil",
      id: 11,
      locking: [
        "---- 0B82 0B83 0B85 0B86 0B87 0B88 0B89 0B8A ---- 000A ---- ---- 000D 0B8E 0B8F",
        "0B90 ---- 0B92 0B93 0B94 0B95 ---- ---- ---- 0B99 0B9A ESC. ---- 0B9C ---- 0B9E",
        "0020 0021 0B9F ---- ---- ---- 0BA3 0BA4 0029 0028 ---- ---- 002C ---- 002E 0BA8",
        "0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B 0BA9 0BAA ---- 003F",
        "---- ---- 0BAE 0BAF 0BB0 0BB1 0BB2 0BB3 0BB4 0BB5 0BB6 0BB7 0BB8 0BB9 ---- ----",
        "0BBE 0BBF 0BC0 0BC1 0BC2 ---- ---- ---- 0BC6 0BC7 0BC8 ---- 0BCA 0BCB 0BCC 0BCD",
        "0BD0 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F",
        "0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 0BD7 0BF0 0BF1 0BF2 0BF9"
      ],
      single: {
        "00": "0040",
        "01": "00A3",
        "02": "0024",
        "03": "00A5",
        "04": "00BF",
        "05": "0022",
        "06": "00A4",
        "07": "0025",
        "08": "0026",
        "09": "0027",
        "0A": "000C",
        "0B": "002A",
        "0C": "002B",
        "0E": "002D",
        "0F": "002F",
        "10": "003C",
        "11": "003D",
        "12": "003E",
        "13": "00A1",
        "14": "005E",
        "15": "00A1",
        "16": "005F",
        "17": "0023",
        "18": "002A",
        "19": "0964",
        "1A": "0965",
        "1C": "0BE6",
        "1D": "0BE7",
        "1E": "0BE8",
        "1F": "0BE9",
        "20": "0BEA",
        "21": "0BEB",
        "22": "0BEC",
        "23": "0BED",
        "24": "0BEE",
        "25": "0BEF",
        "26": "0BF3",
        "27": "0BF4",
        "28": "007B",
        "29": "007D",
        "2A": "0BF5",
        "2B": "0BF6",
        "2C": "0BF7",
        "2D": "0BF8",
        "2E": "0BFA",
        "2F": "005C",
        "3C": "005B",
        "3D": "007E",
        "3E": "005D",
        "40": "007C",
        "41": "0041",
        "42": "0042",
        "43": "0043",
        "44": "0044",
        "45": "0045",
        "46": "0046",
        "47": "0047",
        "48": "0048",
        "49": "0049",
        "4A": "004A",
        "4B": "004B",
        "4C": "004C",
        "4D": "004D",
        "4E": "004E",
        "4F": "004F",
        "50": "0050",
        "51": "0051",
        "52": "0052",
        "53": "0053",
        "54": "0054",
        "55": "0055",
        "56": "0056",
        "57": "0057",
        "58": "0058",
        "59": "0059",
        "5A": "005A",
        "65": "20AC"
      }
    },
    {
      name: "telugu",
      id: 12,
      locking: [
        "0C01 0C02 0C03 0C05 0C06 0C07 0C08 0C09 0C0A 0C0B 000A 0C0C ---- 000D 0C0E 0C0F",
        "0C10 ---- 0C12 0C13 0C14 0C15 0C16 0C17 0C18 0C19 0C1A ESC. 0C1B 0C1C 0C1D 0C1E",
        "0020 0021 0C1F 0C20 0C21 0C22 0C23 0C24 0029 0028 0C25 0C26 002C 0C27 002E 0C28",
        "0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B ---- 0C2A 0C2B 003F",
        "0C2C 0C2D 0C2E 0C2F 0C30 0C31 0C32 0C33 ---- 0C35 0C36 0C37 0C38 0C39 ---- 0C3D",
        "0C3E 0C3F 0C40 0C41 0C42 0C43 0C44 ---- 0C46 0C47 0C48 ---- 0C4A 0C4B 0C4C 0C4D",
        "0C55 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F",
        "0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 0C56 0C60 0C61 0C62 0C63"
      ],
      single: {
        "00": "0040",
        "01": "00A3",
        "02": "0024",
        "03": "00A5",
        "04": "00BF",
        "05": "0022",
        "06": "00A4",
        "07": "0025",
        "08": "0026",
        "09": "0027",
        "0A": "000C",
        "0B": "002A",
        "0C": "002B",
        "0E": "002D",
        "0F": "002F",
        "10": "003C",
        "11": "003D",
        "12": "003E",
        "13": "00A1",
        "14": "005E",
        "15": "00A1",
        "16": "005F",
        "17": "0023",
        "18": "002A",
        "1C": "0C66",
        "1D": "0C67",
        "1E": "0C68",
        "1F": "0C69",
        "20": "0C6A",
        "21": "0C6B",
        "22": "0C6C",
        "23": "0C6D",
        "24": "0C6E",
        "25": "0C6F",
        "26": "0C58",
        "27": "0C59",
        "28": "007B",
        "29": "007D",
        "2A": "0C78",
        "2B": "0C79",
        "2C": "0C7A",
        "2D": "0C7B",
        "2E": "0C7C",
        "2F": "005C",
        "30": "0C7D",
        "31": "0C7E",
        "32": "0C7F",
        "3C": "005B",
        "3D": "007E",
        "3E": "005D",
        "40": "007C",
        "41": "0041",
        "42": "0042",
        "43": "0043",
        "44": "0044",
        "45": "0045",
        "46": "0046",
        "47": "0047",
        "48": "0048",
        "49": "0049",
        "4A": "004A",
        "4B": "004B",
        "4C": "004C",
        "4D": "004D",
        "4E": "004E",
        "4F": "004F",
        "50": "0050",
        "51": "0051",
        "52": "0052",
        "53": "0053",
        "54": "0054",
        "55": "0055",
        "56": "0056",
        "57": "0057",
        "58": "0058",
        "59": "0059",
        "5A": "005A",
        "65": "20AC"
      }
    },
    {
      name: "urdu",
      id: 13,
      locking: [
        "0627 0622 0628 067B 0680 067E 06A6 062A 06C2 067F 000A 0679 067D 000D 067A 067C",
        "062B 062C 0681 0684 0683 0685 0686 0687 062D 062E 062F ESC. 068C 0688 0689 068A",
        "0020 0021 068F 068D 0630 0631 0691 0693 0029 0028 0699 0632 002C 0696 002E 0698",
        "0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B 069A 0633 0634 003F",
        "0635 0636 0637 0638 0639 0641 0642 06A9 06AA 06AB 06AF 06B3 06B1 0644 0645 0646",
        "06BA 06BB 06BC 0648 06C4 06D5 06C1 06BE 0621 06CC 06D0 06D2 064D 0650 064F 0657",
        "0654 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F",
        "0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 0655 0651 0653 0656 0670"
      ],
      single: {
        "00": "0040",
        "01": "00A3",
        "02": "0024",
        "03": "00A5",
        "04": "00BF",
        "05": "0022",
        "06": "00A4",
        "07": "0025",
        "08": "0026",
        "09": "0027",
        "0A": "000C",
        "0B": "002A",
        "0C": "002B",
        "0E": "002D",
        "0F": "002F",
        "10": "003C",
        "11": "003D",
        "12": "003E",
        "13": "00A1",
        "14": "005E",
        "15": "00A1",
        "16": "005F",
        "17": "0023",
        "18": "002A",
        "19": "0600",
        "1A": "0601",
        "1C": "06F0",
        "1D": "06F1",
        "1E": "06F2",
        "1F": "06F3",
        "20": "06F4",
        "21": "06F5",
        "22": "06F6",
        "23": "06F7",
        "24": "06F8",
        "25": "06F9",
        "26": "060C",
        "27": "060D",
        "28": "007B",
        "29": "007D",
        "2A": "060E",
        "2B": "060F",
        "2C": "0610",
        "2D": "0611",
        "2E": "0612",
        "2F": "005C",
        "30": "0613",
        "31": "0614",
        "32": "061B",
        "33": "061F",
        "34": "0640",
        "35": "0652",
        "36": "0658",
        "37": "066B",
        "38": "066C",
        "39": "0672",
        "3A": "0673",
        "3B": "06CD",
        "3C": "005B",
        "3D": "007E",
        "3E": "005D",
        "3F": "06D4",
        "40": "007C",
        "41": "0041",
        "42": "0042",
        "43": "0043",
        "44": "0044",
        "45": "0045",
        "46": "0046",
        "47": "0047",
        "48": "0048",
        "49": "0049",
        "4A": "004A",
        "4B": "004B",
        "4C": "004C",
        "4D": "004D",
        "4E": "004E",
        "4F": "004F",
        "50": "0050",
        "51": "0051",
        "52": "0052",
        "53": "0053",
        "54": "0054",
        "55": "0055",
        "56": "0056",
        "57": "0057",
        "58": "0058",
        "59": "0059",
        "5A": "005A",
        "65": "20AC"
      }
    }
  ]
};

// src/pdu/gsm7.ts
var NONE = 65535;
var DEFAULT = gsm7_default_default;
var NATIONAL = gsm7_national_default.languages;
var LANGUAGE_IDS = {
  turkish: 1,
  spanish: 2,
  portuguese: 3,
  bengali: 4,
  gujarati: 5,
  hindi: 6,
  kannada: 7,
  malayalam: 8,
  oriya: 9,
  punjabi: 10,
  tamil: 11,
  telugu: 12,
  urdu: 13
};
var isLanguage = (name) => Object.hasOwn(LANGUAGE_IDS, name);
var LANGUAGE_BY_ID = [
  void 0,
  ...Object.keys(LANGUAGE_IDS).filter(isLanguage).sort((a, b) => LANGUAGE_IDS[a] - LANGUAGE_IDS[b])
];
function hasLockingTable(language) {
  return rowsOf(language).locking !== null;
}
var rowsOf = (language) => language && NATIONAL.find((row) => row.name === language) || DEFAULT;
var SPACE = 32;
function basicTable(rows) {
  const cells = (rows.locking ?? DEFAULT.locking ?? []).flatMap((row) => row.split(" "));
  return Uint16Array.from(cells, (cell) => /^[0-9A-F]{4}$/.test(cell) ? Number.parseInt(cell, 16) : SPACE);
}
function build(shift) {
  const locking = rowsOf(shift.locking);
  const basic = basicTable(locking);
  const encode2 = new Uint16Array(65536).fill(NONE);
  const extended = basic.slice();
  for (const [key, cell] of Object.entries(rowsOf(shift.single).single)) {
    if (cell === void 0) continue;
    const septet = Number.parseInt(key, 16);
    extended[septet] = Number.parseInt(cell, 16);
    const unit = Number.parseInt(cell, 16);
    if (encode2[unit] === NONE) encode2[unit] = 128 + septet;
  }
  const cells = (locking.locking ?? DEFAULT.locking ?? []).flatMap((row) => row.split(" "));
  for (let septet = 127; septet >= 0; septet--) {
    if (/^[0-9A-F]{4}$/.test(cells[septet] ?? "")) encode2[basic[septet] ?? SPACE] = septet;
  }
  return { encode: encode2, basic, extended };
}
var alphabets = /* @__PURE__ */ new Map();
function alphabetFor(shift) {
  if (!shift) return GSM7;
  const key = `${shift.locking ?? ""}/${shift.single ?? ""}`;
  let alphabet = alphabets.get(key);
  if (!alphabet) {
    alphabet = build(shift);
    alphabets.set(key, alphabet);
  }
  return alphabet;
}
var GSM7 = build({});
alphabets.set("/", GSM7);

// src/pdu/ucs2.ts
var isHighSurrogate = (unit) => (unit & 64512) === 55296;
var isLowSurrogate = (unit) => (unit & 64512) === 56320;
var isSurrogate = (unit) => (unit & 63488) === 55296;
function loneSurrogateFault(text, index) {
  const unit = text.charCodeAt(index).toString(16).toUpperCase();
  return new Fault(
    "textInvalid",
    `The text has half a character (a surrogate without its pair, U+${unit}) at position ${index + 1}; send the whole character.`
  );
}
var SWAPPED = Buffer.alloc(512);

// src/pdu/cut.ts
var CR = 13;
var LF = 10;
var lineEndBefore = (text, start, end) => text.charCodeAt(end) === LF && text.charCodeAt(end - 1) === CR && end - 1 > start ? 1 : 0;
function cutPlain(text, limit) {
  const segments = [];
  let start = 0;
  while (text.length - start > limit) {
    const end = start + limit - lineEndBefore(text, start, start + limit);
    segments.push({ text: text.slice(start, end), units: end - start });
    start = end;
  }
  segments.push({ text: text.slice(start), units: text.length - start });
  return segments;
}
function cutSeptets(text, septets, alphabet, limit) {
  if (septets === text.length) return cutPlain(text, limit);
  const table = alphabet.encode;
  const segments = [];
  let start = 0;
  let units = 0;
  for (let i = 0; i < text.length; i++) {
    const cost = (table[text.charCodeAt(i)] ?? NONE) < 128 ? 1 : 2;
    if (units + cost > limit) {
      const keep = lineEndBefore(text, start, i);
      segments.push({ text: text.slice(start, i - keep), units: units - keep });
      start = i - keep;
      units = keep;
    }
    units += cost;
  }
  segments.push({ text: text.slice(start), units });
  return segments;
}
var PLAIN_RANGES = [
  [0, 767],
  [880, 1154],
  [1162, 1424],
  [8208, 8231],
  [8239, 8287],
  [8304, 8399],
  [8448, 11263],
  [12289, 12329],
  [12336, 12440],
  [12443, 40959]
];
var PLAIN = new Uint8Array(65536);
for (const [from, to] of PLAIN_RANGES) PLAIN.fill(1, from, to + 1);
var segmenter;
function beforeCluster(text, start, end, limit) {
  segmenter ??= new Intl.Segmenter(void 0, { granularity: "grapheme" });
  const cluster = segmenter.segment(text.slice(start, start + 2 * limit + 2)).containing(end - start);
  if (!cluster || cluster.segment.length > limit) return end;
  return start + cluster.index;
}
function cutUnits(text, limit) {
  const segments = [];
  let start = 0;
  while (text.length - start > limit) {
    let end = start + limit;
    const next = text.charCodeAt(end);
    const last = text.charCodeAt(end - 1);
    if (PLAIN[next] !== 1 || PLAIN[last] !== 1 || next === LF && last === CR) {
      if (isLowSurrogate(next)) end--;
      end = beforeCluster(text, start, end, limit);
    }
    segments.push({ text: text.slice(start, end), units: end - start });
    start = end;
  }
  segments.push({ text: text.slice(start), units: text.length - start });
  return segments;
}

// src/pdu/septets.ts
function septetsOf(text, alphabet = GSM7) {
  const table = alphabet.encode;
  let septets = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = table[text.charCodeAt(i)] ?? NONE;
    if (code < 128) continue;
    if (code === NONE) return -1;
    septets++;
  }
  return septets;
}
var LATIN = Buffer.alloc(320);
var WIDE = Buffer.alloc(640);

// src/pdu/data/transliteration.json
var transliteration_default = {
  source: "ukrainian: resolution 55 of the Cabinet of Ministers of Ukraine, 27 January 2010. russian: BGN/PCGN 1947, simplified: no apostrophes for the signs, e for every \u0435 and \u044D. typography and latin: what people type in their place.",
  reading: "Lower-case letters; capitals follow from them. atStart counts at the beginning of a word, pairs for two letters together. An empty replacement leaves the character out.",
  ukrainian: {
    letters: {
      \u0430: "a",
      \u0431: "b",
      \u0432: "v",
      \u0433: "h",
      \u0491: "g",
      \u0434: "d",
      \u0435: "e",
      \u0454: "ie",
      \u0436: "zh",
      \u0437: "z",
      \u0438: "y",
      \u0456: "i",
      \u0457: "i",
      \u0439: "i",
      \u043A: "k",
      \u043B: "l",
      \u043C: "m",
      \u043D: "n",
      \u043E: "o",
      \u043F: "p",
      \u0440: "r",
      \u0441: "s",
      \u0442: "t",
      \u0443: "u",
      \u0444: "f",
      \u0445: "kh",
      \u0446: "ts",
      \u0447: "ch",
      \u0448: "sh",
      \u0449: "shch",
      \u044C: "",
      \u044E: "iu",
      \u044F: "ia"
    },
    atStart: { \u0454: "ye", \u0457: "yi", \u0439: "y", \u044E: "yu", \u044F: "ya" },
    pairs: { \u0437\u0433: "zgh" },
    apostrophes: "'\u2019\u02BC\u2018`\xB4"
  },
  russian: {
    letters: {
      \u0430: "a",
      \u0431: "b",
      \u0432: "v",
      \u0433: "g",
      \u0434: "d",
      \u0435: "e",
      \u0451: "yo",
      \u0436: "zh",
      \u0437: "z",
      \u0438: "i",
      \u0439: "y",
      \u043A: "k",
      \u043B: "l",
      \u043C: "m",
      \u043D: "n",
      \u043E: "o",
      \u043F: "p",
      \u0440: "r",
      \u0441: "s",
      \u0442: "t",
      \u0443: "u",
      \u0444: "f",
      \u0445: "kh",
      \u0446: "ts",
      \u0447: "ch",
      \u0448: "sh",
      \u0449: "shch",
      \u044A: "",
      \u044B: "y",
      \u044C: "",
      \u044D: "e",
      \u044E: "yu",
      \u044F: "ya"
    },
    atStart: {},
    pairs: {},
    apostrophes: ""
  },
  typography: {
    "\u201C": '"',
    "\u201D": '"',
    "\u201E": '"',
    "\u201F": '"',
    "\xAB": '"',
    "\xBB": '"',
    "\u2033": '"',
    "\u2018": "'",
    "\u2019": "'",
    "\u201A": "'",
    "\u201B": "'",
    "\u2039": "'",
    "\u203A": "'",
    \u02BC: "'",
    "`": "'",
    "\xB4": "'",
    "\u2032": "'",
    "\u2013": "-",
    "\u2014": "-",
    "\u2015": "-",
    "\u2012": "-",
    "\u2010": "-",
    "\u2011": "-",
    "\u2212": "-",
    "\u2026": "...",
    "\u2022": "*",
    "\xB7": "*",
    "\u2116": "No",
    "\u20B4": "UAH",
    "\u20BD": "RUB",
    "\xD7": "x",
    "\xF7": "/",
    "\xB1": "+/-",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u2260": "!=",
    "\u2248": "~",
    "\u2192": "->",
    "\u2190": "<-",
    "\xA9": "(c)",
    "\xAE": "(R)",
    "\u2122": "(TM)",
    "\xB0": " deg",
    "\xBD": "1/2",
    "\xBC": "1/4",
    "\xBE": "3/4",
    "\xB9": "1",
    "\xB2": "2",
    "\xB3": "3",
    "\xA2": "c",
    "	": " ",
    "\xA0": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2007": " ",
    "\u2008": " ",
    "\u2009": " ",
    "\u200A": " ",
    "\u202F": " ",
    "\u2028": "\n",
    "\u2029": "\n",
    "\xAD": "",
    "\u200B": "",
    "\u2060": "",
    "\uFEFF": ""
  },
  latin: {
    \u0142: "l",
    \u0111: "d",
    \u00F0: "d",
    \u00FE: "th",
    \u0153: "oe",
    \u0131: "i",
    \u0127: "h",
    \u0167: "t",
    \u0138: "k",
    \u014B: "n",
    \u0192: "f"
  }
};

// src/pdu/transliterate.ts
var UKRAINIAN = transliteration_default.ukrainian;
var RUSSIAN = transliteration_default.russian;
var TYPOGRAPHY = transliteration_default.typography;
var LATIN2 = transliteration_default.latin;
var isGsm7 = (unit) => (GSM7.encode[unit] ?? NONE) !== NONE;
function scriptOf(text) {
  const russian = text.match(/[ёъыэ]/giu)?.length ?? 0;
  const ukrainian = text.match(/[ґєії]/giu)?.length ?? 0;
  return russian > ukrainian ? [RUSSIAN, UKRAINIAN] : [UKRAINIAN, RUSSIAN];
}
var isCyrillic = (char2) => char2 >= "\u0400" && char2 <= "\u052F";
var isUpper = (char2) => char2 !== char2.toLowerCase();
function inCaseOf(char2, before2, after, replacement) {
  if (!isUpper(char2)) return replacement;
  const amongCapitals = isUpper(after) || isUpper(before2) && after === after.toUpperCase();
  return amongCapitals ? replacement.toUpperCase() : replacement.charAt(0).toUpperCase() + replacement.slice(1);
}
function withoutAccents(char2) {
  const bare2 = char2.normalize("NFD").replace(/[\u0300-\u036F]/gu, "");
  return bare2 !== char2 && /^[A-Za-z]*$/.test(bare2) ? bare2 : void 0;
}
function walk(text) {
  const [script, other] = scriptOf(text);
  const chars = [...text.normalize("NFC")];
  const found = /* @__PURE__ */ new Map();
  const note = (char2, replacement) => {
    if (!found.has(char2)) found.set(char2, replacement);
  };
  let result = "";
  for (let i = 0; i < chars.length; i++) {
    const char2 = chars[i] ?? "";
    const before2 = chars[i - 1] ?? "";
    const after = chars[i + 1] ?? "";
    if (isCyrillic(before2) && isCyrillic(after) && script.apostrophes.includes(char2)) {
      if (!isGsm7(char2.charCodeAt(0))) note(char2, "");
      continue;
    }
    if (char2.length === 1 && isGsm7(char2.charCodeAt(0))) {
      result += char2;
      continue;
    }
    const lower = char2.toLowerCase();
    const pair = isCyrillic(after) ? script.pairs[lower + after.toLowerCase()] : void 0;
    if (pair !== void 0) {
      const replacement2 = inCaseOf(char2, before2, after, pair);
      result += replacement2;
      note(char2, replacement2.slice(0, 1));
      note(after, replacement2.slice(1));
      i++;
      continue;
    }
    const inWord = isCyrillic(before2) || script.apostrophes.includes(before2) && isCyrillic(chars[i - 2] ?? "");
    const letter = (inWord ? void 0 : script.atStart[lower]) ?? script.letters[lower] ?? other.letters[lower] ?? LATIN2[lower];
    const replacement = letter === void 0 ? TYPOGRAPHY[char2] ?? withoutAccents(char2) : inCaseOf(char2, before2, after, letter);
    result += replacement ?? char2;
    note(char2, replacement ?? null);
  }
  return { text: result, found };
}
function transliterate(text) {
  const { text: result, found } = walk(text);
  for (const replacement of found.values()) if (replacement === null) return null;
  return result;
}
function alternatives(text) {
  return Array.from(walk(text).found, ([character, replacement]) => ({ character, replacement }));
}

// src/pdu/dcs.ts
var WAITING_KINDS = ["voicemail", "fax", "email", "other"];
var CLASSES = [0, 1, 2, 3];
function waitingKind(bits) {
  return WAITING_KINDS[bits & 3] ?? "other";
}
function decode(octet) {
  const group = octet >> 4;
  const plain = { compressed: false, messageClass: null, waiting: null, autoDelete: false, reserved: false };
  const messageClass = CLASSES[octet & 3] ?? null;
  if (group < 8) {
    const coding = octet >> 2 & 3;
    return {
      alphabet: coding === 1 ? "8bit" : coding === 2 ? "ucs2" : "gsm7",
      compressed: (octet & 32) !== 0,
      messageClass: (octet & 16) !== 0 ? messageClass : null,
      waiting: null,
      autoDelete: group >= 4,
      reserved: coding === 3
    };
  }
  if (group === 15) return { ...plain, alphabet: (octet & 4) !== 0 ? "8bit" : "gsm7", messageClass, reserved: (octet & 8) !== 0 };
  if (group < 12) return { ...plain, alphabet: "gsm7", reserved: true };
  return {
    ...plain,
    alphabet: group === 14 ? "ucs2" : "gsm7",
    waiting: { kind: waitingKind(octet), active: (octet & 8) !== 0, count: null, store: group !== 12 }
  };
}
var ALL = Array.from({ length: 256 }, (_, octet) => Object.freeze(decode(octet)));
var GSM72 = decode(0);

// src/pdu/octets.ts
var MOST_OCTETS = 512;
var DIGITS = "0123456789ABCDEF";
var VALUE = new Uint8Array(256).fill(255);
for (let v = 0; v < 16; v++) {
  VALUE[DIGITS.charCodeAt(v)] = v;
  VALUE[DIGITS.toLowerCase().charCodeAt(v)] = v;
}
var HEX = Array.from({ length: 256 }, (_, v) => DIGITS.charAt(v >> 4) + DIGITS.charAt(v & 15));
var HEX_PAIR = new Uint16Array(Uint8Array.from(HEX.join(""), (c) => c.charCodeAt(0)).buffer);
var READ = Buffer.alloc(MOST_OCTETS);
var PAIRS = new Uint16Array(MOST_OCTETS);
var TEXT = Buffer.from(PAIRS.buffer);

// src/pdu/udh.ts
function headerOctets(input) {
  let octets = 0;
  if (input.concat) octets += input.concat.bits === 8 ? 5 : 6;
  if (input.language?.locking) octets += 3;
  if (input.language?.single) octets += 3;
  for (const element of input.extraElements ?? []) octets += 2 + (element.data.length >> 1);
  return octets === 0 ? 0 : octets + 1;
}

// src/pdu/user-data.ts
var MOST_USER_DATA = 140;
function capacity(alphabet, header) {
  return alphabet === "gsm7" ? Math.floor((MOST_USER_DATA - header) * 8 / 7) : MOST_USER_DATA - header >> 1;
}

// src/pdu/plan.ts
var CONCAT = {
  8: { ref: 0, bits: 8, total: 2, n: 1 },
  16: { ref: 0, bits: 16, total: 2, n: 1 }
};
function headerOfOne(language, extra) {
  const octets = headerOctets({ language });
  return octets + extra + (octets === 0 && extra > 0 ? 1 : 0);
}
function headerOfMany(language, options) {
  return headerOctets({ language, concat: CONCAT[options.refBits ?? 8] }) + (options.extraOctets ?? 0);
}
function sevenBit(text, units, language, options) {
  let unitsPerSegment = capacity("gsm7", headerOfOne(language, options.extraOctets ?? 0));
  let segments;
  if (units <= unitsPerSegment) {
    segments = [{ text, units }];
  } else {
    unitsPerSegment = capacity("gsm7", headerOfMany(language, options));
    segments = cutSeptets(text, units, language ? alphabetFor(language) : GSM7, unitsPerSegment);
  }
  const room = unitsPerSegment - (segments.at(-1)?.units ?? 0);
  return { text, alphabet: "gsm7", language, units, unitsPerSegment, room, segments, offenders: [] };
}
var SEEN = new Uint32Array(65536);
var call = 0;
function offendersOf(text) {
  call++;
  const offenders = [];
  let astral;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (SEEN[unit] === call || GSM7.encode[unit] !== NONE) continue;
    if (!isSurrogate(unit)) {
      SEEN[unit] = call;
      offenders.push(String.fromCharCode(unit));
      continue;
    }
    if (!isHighSurrogate(unit) || !isLowSurrogate(text.charCodeAt(i + 1))) throw loneSurrogateFault(text, i);
    const pair = text.slice(i, i + 2);
    astral ??= /* @__PURE__ */ new Set();
    if (!astral.has(pair)) offenders.push(pair);
    astral.add(pair);
    i++;
  }
  return offenders;
}
function ucs2(text, missing, options) {
  const units = text.length;
  let unitsPerSegment = capacity("ucs2", headerOfOne(null, options.extraOctets ?? 0));
  let segments;
  if (units <= unitsPerSegment) {
    segments = [{ text, units }];
  } else {
    unitsPerSegment = capacity("ucs2", headerOfMany(null, options));
    segments = cutUnits(text, unitsPerSegment);
  }
  const room = unitsPerSegment - (segments.at(-1)?.units ?? 0);
  const offenders = options.transliterate ? alternatives(text).flatMap(({ character, replacement }) => replacement === null ? [character] : []) : missing;
  return { text, alphabet: "ucs2", language: null, units, unitsPerSegment, room, segments, offenders };
}
function national(text, language, options) {
  const shifts = [{ single: language }];
  if (hasLockingTable(language)) shifts.push({ locking: language }, { locking: language, single: language });
  let best = null;
  for (const shift of shifts) {
    const units = septetsOf(text, alphabetFor(shift));
    if (units < 0) continue;
    const plan = sevenBit(text, units, shift, options);
    const fewer = best === null ? -1 : plan.segments.length - best.segments.length || plan.units - best.units;
    if (fewer < 0) best = plan;
  }
  return best;
}
function planText(text, options = {}) {
  const septets = septetsOf(text);
  if (septets >= 0) return sevenBit(text, septets, null, options);
  const missing = offendersOf(text);
  for (const language of options.encodings ?? []) {
    const plan = national(text, language, options);
    if (plan) return plan;
  }
  if (options.transliterate) {
    const latin = transliterate(text);
    if (latin !== null) return sevenBit(latin, septetsOf(latin), null, options);
  }
  return ucs2(text, missing, options);
}

// src/policy/decide.ts
var RULES = [
  {
    rule: "validity",
    rules: (f) => f.now < f.expiresAt && (f.sendAt === null || f.sendAt < f.expiresAt) ? { verdict: "pass", reason: "withinTime" } : { verdict: "refuse", reason: "expired" }
  },
  {
    rule: "schedule",
    rules: (f) => f.sendAt !== null && f.sendAt > f.now ? { verdict: "hold", reason: "scheduled", until: f.sendAt } : { verdict: "pass", reason: "due" }
  }
];
function decide(facts) {
  const rulings = RULES.map((r) => ({ rule: r.rule, ...r.rules(facts) }));
  const rules = rulings.map(({ rule, verdict, reason }) => ({ rule, verdict, reason }));
  const refused2 = rulings.find((r) => r.verdict === "refuse");
  if (refused2) return { decision: "refuse", until: null, reason: refused2.reason, rules };
  const holds = rulings.filter((r) => r.verdict === "hold");
  const longest = holds.reduce((a, b) => (b.until ?? 0) > (a?.until ?? 0) ? b : a, void 0);
  if (longest) return { decision: "hold", until: longest.until ?? null, reason: longest.reason, rules };
  return { decision: "send", until: null, reason: null, rules };
}

// src/policy/e164.ts
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
var LONGEST_WRITING = 40;
var WRITING = /^[+＋]?[\p{Nd}\s().\-/‐-―]+$/u;
var OLD_UKRAINIAN = /^80\d{9}$/;
function toE164(written, country) {
  const refuse2 = (why) => new Fault("numberInvalid", `"${written.slice(0, LONGEST_WRITING)}" cannot be a phone number: ${why}.`, [
    { pointer: "/to", detail: why }
  ]);
  const trimmed = written.trim();
  if (trimmed === "") throw refuse2("it is empty; write it as +380501234567 or as people in the country of the site do");
  if (trimmed.length > LONGEST_WRITING || !WRITING.test(trimmed)) {
    throw refuse2("it has something in it that numbers do not have; write one number, such as +380501234567");
  }
  const digits = trimmed.replace(/\D/g, "");
  const plain = country === "UA" && OLD_UKRAINIAN.test(digits) && !/^[+＋]/.test(trimmed) ? `+3${digits}` : trimmed;
  const parsed2 = parsePhoneNumberFromString(plain, country ? { defaultCountry: country, extract: false } : { extract: false });
  if (!parsed2) {
    throw refuse2(
      country ? `it is no number of ${country} and has no country code that exists` : "without site.country it needs a + and its country code"
    );
  }
  if (!parsed2.isPossible()) {
    throw refuse2(
      `${parsed2.number} is ${digits.length < 8 ? "too short" : "of a length that no number there has"}; short codes are not sent to`
    );
  }
  return parsed2.number;
}

// src/dispatch/accept.ts
var RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;
var LONGEST_SEGMENT = 640;
var FURTHEST = 366 * 864e5;
var Acceptance = class {
  #store;
  #clock;
  #random;
  #rules;
  #onAccepted;
  constructor(parts) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#rules = parts.rules;
    this.#onAccepted = parts.onAccepted;
  }
  /**
   * Turns a request into a message: number in E.164, text in segments, policy asked. Stores nothing.
   * @throws Fault `numberInvalid`, `textInvalid`, `textTooLong`, `simUnknown`, `timeInvalid`, `policyRefused`
   */
  prepare(keyId, request) {
    const now = this.#clock.now();
    const purpose = request.purpose ?? "service";
    const to = toE164(request.to, this.#rules.country);
    const plan = this.#plan(request);
    const sim = request.sim === void 0 ? null : this.#sim(request.sim);
    const sendAt = request.sendAt === void 0 ? null : instant(request.sendAt, now);
    const expiresAt = Math.max(sendAt ?? now, now) + (request.validFor ?? this.#rules.validFor[purpose]) * 1e3;
    const policy = decide({ purpose, now, sendAt, expiresAt });
    if (policy.decision === "refuse") {
      throw new Fault("policyRefused", `Policy refuses this message: ${policy.reason ?? "no reason"}.`);
    }
    return {
      id: newId("msg", this.#random),
      keyId,
      to,
      text: request.text,
      purpose,
      alphabet: plan.alphabet,
      segments: plan.segments,
      flash: request.flash ?? false,
      transliterated: plan.text !== request.text,
      reference: request.reference ?? null,
      sim,
      sendAt,
      acceptedAt: now,
      expiresAt,
      policy: { decision: policy.decision, until: policy.until, rules: policy.rules },
      held: policy.decision === "hold" && policy.until !== null ? { reason: policy.reason ?? "held", dueAt: policy.until } : null
    };
  }
  /** Resolves when the messages are on the disk, or with what the same Idempotency-Key was answered before. */
  async commit(messages, idempotency) {
    const outcome2 = await this.#store.accept(messages, idempotency);
    if (outcome2.kind === "accepted") this.#onAccepted(messages);
    return outcome2;
  }
  cancel(id) {
    return this.#store.cancel(id, this.#clock.now());
  }
  #plan(request) {
    if (request.text.trim() === "")
      throw new Fault("textInvalid", "The text is empty; say something.", [{ pointer: "/text", detail: "is empty" }]);
    if (request.text.length > this.#rules.maxSegments * LONGEST_SEGMENT) throw this.#tooLong(`is ${request.text.length} characters long`);
    const plan = planText(request.text, { transliterate: request.transliterate ?? false });
    if (plan.segments.length > this.#rules.maxSegments) {
      throw this.#tooLong(`needs ${plan.segments.length} segments of ${plan.unitsPerSegment} characters`);
    }
    return plan;
  }
  #tooLong(what) {
    const why = `${what}, and at most ${this.#rules.maxSegments} segments are allowed`;
    return new Fault("textTooLong", `The text ${why}: shorten it, or raise messages.maxSegments.`, [{ pointer: "/text", detail: why }]);
  }
  #sim(name) {
    const iccid = this.#rules.simNamed(name);
    if (iccid === void 0) {
      const why = "names no SIM: give the ICCID of one that GET /v1/sims lists, or a name from the configuration";
      throw new Fault("simUnknown", `"${name.slice(0, 40)}" ${why}.`, [{ pointer: "/sim", detail: why }]);
    }
    return iccid;
  }
};
function instant(written, now) {
  const refuse2 = (why) => new Fault("timeInvalid", `sendAt ${why}.`, [{ pointer: "/sendAt", detail: why }]);
  const ms = RFC3339.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(ms)) throw refuse2(`is no time; write it as RFC 3339 with an offset, such as ${rfc3339(now)}`);
  if (ms - now > FURTHEST) throw refuse2("is more than a year ahead");
  return ms;
}

// src/http/api.ts
import { STATUS_CODES } from "node:http";
import Fastify from "fastify";

// src/http/auth.ts
import { hash } from "node:crypto";
var KEY_WORD = "simpost_";
var KEY_BYTES = 32;
var PREFIX_LENGTH = KEY_WORD.length + 6;
function hashKey(key) {
  return hash("sha256", key, "hex");
}
function makeKey(name, scopes, clock, random) {
  const key = KEY_WORD + random.bytes(KEY_BYTES).toString("base64url");
  const record = {
    id: newId("key", random),
    name,
    prefix: key.slice(0, PREFIX_LENGTH),
    hash: hashKey(key),
    scopes,
    createdAt: clock.now()
  };
  return { key, record };
}
var BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i;
var REMEMBERED = 1e3;
var MOST_REMEMBERED = 1e3;
var Keys = class {
  #store;
  #clock;
  #known = /* @__PURE__ */ new Map();
  constructor(store2, clock) {
    this.#store = store2;
    this.#clock = clock;
  }
  /** A hook that lets a request pass whose key has at least one of the scopes. */
  needs(...scopes) {
    return (request, _reply, done) => {
      const presented = request.headers.authorization;
      const token = presented === void 0 ? void 0 : BEARER.exec(presented)?.[1];
      if (token === void 0) {
        done(new Fault("keyMissing", "Send an API key in the header Authorization: Bearer KEY; `simpost keys create` makes one."));
        return;
      }
      const keyHash = hashKey(token);
      const key = this.#find(keyHash);
      if (!key) {
        done(new Fault("keyInvalid", "This API key is not known here, or was revoked; `simpost keys create` makes another."));
      } else if (!scopes.some((scope) => key.scopes.includes(scope))) {
        done(lacking(key, scopes));
      } else {
        request.keyId = key.id;
        request.keyHash = keyHash;
        done();
      }
    };
  }
  /** Whether a key still opens what it opened before, for connections that stay. */
  stillOpens(keyHash, scope) {
    return this.#find(keyHash)?.scopes.includes(scope) ?? false;
  }
  /** Only good keys are remembered: one that was just created opens at once, and guesses fill nothing. */
  #find(keyHash) {
    const now = this.#clock.monotonic();
    const known2 = this.#known.get(keyHash);
    if (known2 && now < known2.until) return known2.key;
    const key = this.#store.findKey(keyHash);
    this.#known.delete(keyHash);
    if (!key) return void 0;
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    this.#known.set(keyHash, { key, until: now + REMEMBERED });
    return key;
  }
};
function lacking(key, scopes) {
  return new Fault(
    "scopeMissing",
    `The key "${key.name}" has the scopes ${key.scopes.join(", ") || "none"}, and this call needs ${scopes.join(" or ")}; make a key with it by \`simpost keys create --scopes\`.`
  );
}

// src/http/batch.ts
import { Type as Type4 } from "typebox";

// src/http/json-body.ts
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";

// src/http/json-scan.ts
var QUOTE = 34;
var COMMA = 44;
var BACKSLASH = 92;
var OPEN_ARRAY = 91;
var CLOSE_ARRAY = 93;
var OPEN_OBJECT = 123;
var CLOSE_OBJECT = 125;
var STRUCTURE_MAX = 200;
function skipSpace(json, at) {
  let i = at;
  for (; ; ) {
    const octet = json[i];
    if (octet !== 32 && octet !== 10 && octet !== 13 && octet !== 9) return i;
    i += 1;
  }
}
function skipString(json, at) {
  let from = at + 1;
  for (; ; ) {
    const quote = json.indexOf(QUOTE, from);
    if (quote < 0) return json.length;
    let backslashes = 0;
    while (json[quote - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}
function measureValue(json, at) {
  let i = skipSpace(json, at);
  let depth = 0;
  let structure = 0;
  while (i < json.length) {
    const octet = json[i];
    if (octet === QUOTE) {
      i = skipString(json, i);
      if (depth === 0) return { end: i, structure };
      continue;
    }
    if (octet === OPEN_ARRAY || octet === OPEN_OBJECT) {
      depth += 1;
      structure += 1;
    } else if (octet === CLOSE_ARRAY || octet === CLOSE_OBJECT) {
      if (depth === 0) return { end: i, structure };
      depth -= 1;
      if (depth === 0) return { end: i + 1, structure };
    } else if (octet === COMMA) {
      if (depth === 0) return { end: i, structure };
      structure += 1;
    } else if (depth === 0 && (octet === 32 || octet === 10 || octet === 13 || octet === 9)) {
      return { end: i, structure };
    }
    i += 1;
  }
  return { end: json.length, structure };
}

// src/http/json-body.ts
var SMALL = 4096;
var notJson = () => new Fault("bodyInvalid", 'The body is not JSON; send one object in UTF-8, such as {"to": "+380501234567", "text": "..."}.');
function rawBody(request, body2) {
  const type = request.headers["content-type"];
  if (type?.includes("charset") && !/charset="?utf-?8"?/i.test(type)) {
    throw new Fault("mediaTypeUnsupported", "The body must be UTF-8; send it with Content-Type: application/json.");
  }
  if (body2.length === 0) throw new Fault("bodyInvalid", "The body is empty; send a JSON object.");
  if (!isUtf8(body2)) throw new Fault("bodyInvalid", "The body is not UTF-8; encode it so.");
  if (request.headers["idempotency-key"] !== void 0) request.bodyHash = createHash("sha256").update(body2).digest("hex");
  return body2;
}
function parseJson(body2) {
  if (body2.length > SMALL && measureValue(body2, 0).structure > STRUCTURE_MAX) {
    throw new Fault("requestInvalid", "The body has far more fields than any call here; send an object as /openapi.json describes it.");
  }
  try {
    const value = JSON.parse(body2.toString("utf8"));
    return value;
  } catch {
    throw notJson();
  }
}

// src/http/batch-body.ts
var FIELD = "messages";
var LONGEST_NAME = 1e3;
var EXPECTED = 'send {"messages": [...]}';
function splitBatch(body2, mostItems) {
  let items;
  let at = skipSpace(body2, 0);
  if (char(body2, at) !== "{") {
    throw looksLikeJson(body2, at) ? new Fault("requestInvalid", `The body must be a JSON object; ${EXPECTED}.`) : notJson();
  }
  at = skipSpace(body2, at + 1);
  while (char(body2, at) !== "}") {
    if (char(body2, at) !== '"') throw notJson();
    const keyEnd = skipString(body2, at);
    const key = nameIn(body2, at, keyEnd);
    at = skipSpace(body2, keyEnd);
    if (char(body2, at) !== ":") throw notJson();
    at = skipSpace(body2, at + 1);
    if (key !== FIELD) throw refused(`/${key.slice(0, 100)}`, `is not known here; known is ${FIELD}`);
    if (items) throw refused(`/${FIELD}`, "stands there twice");
    if (char(body2, at) !== "[") throw looksLikeJson(body2, at) ? refused(`/${FIELD}`, "must be a list") : notJson();
    const list = splitList(body2, at, mostItems);
    items = list.items;
    at = skipSpace(body2, list.end);
    if (char(body2, at) === ",") {
      at = skipSpace(body2, at + 1);
      if (char(body2, at) === "}") throw notJson();
    } else if (char(body2, at) !== "}") throw notJson();
  }
  if (skipSpace(body2, at + 1) !== body2.length) throw notJson();
  if (!items) throw refused(`/${FIELD}`, "is missing");
  if (items.length === 0) throw refused(`/${FIELD}`, "is empty");
  return items;
}
function splitList(body2, open, mostItems) {
  const items = [];
  let at = skipSpace(body2, open + 1);
  if (char(body2, at) === "]") return { items, end: at + 1 };
  for (; ; ) {
    if (items.length === mostItems) throw refused(`/${FIELD}`, `may have at most ${mostItems} entries; send the rest in another batch`);
    const { end, structure } = measureValue(body2, at);
    if (end === at) throw notJson();
    items.push({ start: at, end, structure });
    at = skipSpace(body2, end);
    const separator = char(body2, at);
    if (separator === "]") return { items, end: at + 1 };
    if (separator !== ",") throw notJson();
    at = skipSpace(body2, at + 1);
  }
}
var char = (body2, at) => String.fromCharCode(body2[at] ?? 0);
function nameIn(body2, start, end) {
  if (end - start > LONGEST_NAME) return "a field with a very long name";
  try {
    const name = JSON.parse(body2.toString("utf8", start, end));
    return String(name);
  } catch {
    throw notJson();
  }
}
var refused = (pointer, why) => new Fault("requestInvalid", `${pointer} ${why}.`, [{ pointer, detail: why }]);
var looksLikeJson = (body2, at) => '{["-0123456789tfn'.includes(char(body2, at)) && at < body2.length;

// src/http/docs.ts
import { Type as Type2 } from "typebox";

// src/http/schemas/common.ts
import { Type } from "typebox";
var Nullable = (schema, options = {}) => Type.Union([schema, Type.Null()], options);
var OneOf = (values, options = {}) => Type.Unsafe({ type: "string", enum: values, ...options });
var Shared = (name) => Type.Unsafe({ $ref: `${name}#` });
var Instant = (description) => Type.String({ format: "date-time", description, examples: ["2026-11-22T10:00:00.000Z"] });
var PAGE_LIMIT = 50;
var PAGE_LIMIT_MAX = 500;
var pageParameters = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: PAGE_LIMIT_MAX, default: PAGE_LIMIT, description: "At most this many entries in one answer." })
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 500, description: "What `nextCursor` said before: the entries after those." })
  )
};
var listOf = (name) => Type.Object(
  {
    data: Type.Array(Shared(name)),
    nextCursor: Nullable(Type.String(), { description: "Give it as `cursor` for what follows; null when nothing does." })
  },
  { additionalProperties: false }
);
var isFaultCode = (code) => Object.hasOwn(FAULTS, code);
var FAULT_CODES = Object.keys(FAULTS).filter(isFaultCode);
var Problem = Type.Object(
  {
    type: Type.String({ format: "uri-reference", description: "Where this kind of problem is explained." }),
    title: Type.String({ description: "The kind of problem, always the same words." }),
    status: Type.Integer({ description: "The HTTP status." }),
    detail: Type.String({ description: "What is wrong this time, where, and what to do." }),
    code: Type.Unsafe({ type: "string", enum: FAULT_CODES, description: "The kind of problem, for programs." }),
    errors: Type.Array(
      Type.Object(
        {
          pointer: Type.String({
            description: "A JSON pointer into the body (`/messages/3/to`), `?name` for a query parameter, or the name of a header."
          }),
          detail: Type.String()
        },
        { additionalProperties: false }
      ),
      { description: "The single places that are wrong; may be empty." }
    ),
    reasons: Type.Optional(Type.Array(Type.String(), { description: "For `GET /readyz`: why the box is not ready." }))
  },
  {
    $id: "Problem",
    additionalProperties: false,
    description: "A refusal, as in RFC 9457.",
    examples: [
      {
        type: "/faults#numberInvalid",
        title: FAULTS.numberInvalid.title,
        status: 422,
        detail: '"12" cannot be a phone number: it is too short.',
        code: "numberInvalid",
        errors: [{ pointer: "/to", detail: "it is too short" }]
      }
    ]
  }
);

// src/http/docs.ts
var GUARDED = ["keyMissing", "keyInvalid", "scopeMissing"];
var BODY_FAULTS = [
  "requestInvalid",
  "bodyInvalid",
  "bodyTooLarge",
  "mediaTypeUnsupported",
  "requestTimeout"
];
function answers(good, problems, guarded = true) {
  const responses = {};
  for (const [status, { description, schema, contentType, headers }] of Object.entries(good)) {
    responses[status] = {
      description,
      ...headers ? { headers } : {},
      content: { [contentType ?? "application/json"]: { schema: schema ?? { type: "string" } } }
    };
  }
  const codes = [...guarded ? GUARDED : [], ...problems, "internal", "unavailable"];
  for (const status of new Set(codes.map((code) => FAULTS[code].status))) {
    const here = [...new Set(codes)].filter((code) => FAULTS[code].status === status);
    responses[status] ??= {
      description: here.map((code) => `\`${code}\`: ${FAULTS[code].title}.`).join(" "),
      content: { "application/problem+json": { schema: Shared("Problem") } }
    };
  }
  return responses;
}
var keyWith = (...scopes) => scopes.map((scope) => ({ apiKey: [scope] }));
var IDEMPOTENCY_NOTE = "With an `Idempotency-Key` a repeated request is done once: the same key and body give the same answer again, with `Idempotent-Replayed: true`.";
var IdempotencyHeader = Type2.Object({
  "Idempotency-Key": Type2.Optional(
    Type2.String({ minLength: 1, maxLength: 255, description: "Visible ASCII, such as a UUID; kept for 72 hours for each API key." })
  )
});
var LastEventHeader = Type2.Object({
  "Last-Event-ID": Type2.Optional(Type2.String({ description: "The `id` of the last event that was seen: the stream begins after it." }))
});

// src/http/idempotency.ts
var HEADER = "Idempotency-Key";
var LONGEST2 = 255;
var VISIBLE_ASCII = /^[\x21-\x7e]+$/;
var IdempotencyKeys = class {
  constructor(store2) {
    this.store = store2;
  }
  store;
  #underWay = /* @__PURE__ */ new Set();
  /**
   * Does `work` unless it was done under this key before; then answers what was answered.
   * @param work gets what to store with its own commit, and resolves with the earlier answer if the commit found one
   * @throws Fault `requestInvalid`, `idempotencyInFlight`, `idempotencyMismatch`, and whatever `work` throws
   */
  async once(request, reply, work) {
    const idempotencyKey = keyOf(request);
    const { keyId, bodyHash } = request;
    const name = `${keyId} ${idempotencyKey}`;
    if (this.#underWay.has(name)) {
      throw new Fault("idempotencyInFlight", `The first request with this ${HEADER} is still being answered; ask again in a second.`);
    }
    this.#underWay.add(name);
    try {
      const earlier = await this.store.recall(keyId, idempotencyKey);
      if (earlier) return repeat(reply, earlier, bodyHash);
      const done = await work(
        (answer, at) => ({
          keyId,
          idempotencyKey,
          bodyHash,
          status: answer.status,
          response: answer.body,
          location: answer.location,
          at
        })
      );
      return "response" in done ? repeat(reply, done, bodyHash) : sendAnswer(reply, done);
    } finally {
      this.#underWay.delete(name);
    }
  }
};
function sendAnswer(reply, answer) {
  if (answer.location !== null) reply.header("location", answer.location);
  return reply.code(answer.status).header("content-type", JSON_TYPE).send(answer.body);
}
var JSON_TYPE = "application/json; charset=utf-8";
function repeat(reply, earlier, bodyHash) {
  if (earlier.bodyHash !== bodyHash) {
    const why = "was used with another body within the last 72 hours; take a new one for a new request";
    throw new Fault("idempotencyMismatch", `This ${HEADER} ${why}.`, [{ pointer: HEADER, detail: why }]);
  }
  reply.header("idempotent-replayed", "true");
  return sendAnswer(reply, { status: earlier.status, body: earlier.response, location: earlier.location });
}
function keyOf(request) {
  const value = request.headers["idempotency-key"];
  if (typeof value !== "string" || value.length > LONGEST2 || !VISIBLE_ASCII.test(value)) {
    const why = `must be 1 to ${LONGEST2} visible ASCII characters, such as a UUID`;
    throw new Fault("requestInvalid", `The header ${HEADER} ${why}.`, [{ pointer: HEADER, detail: why }]);
  }
  return value;
}

// src/http/problem.ts
var PROBLEM_TYPE = "application/problem+json; charset=utf-8";
var RETRY_AFTER = 5;
function problemOf(fault, within = "") {
  return {
    type: `/faults#${fault.code}`,
    title: fault.title,
    status: fault.status,
    detail: fault.message,
    code: fault.code,
    errors: within === "" ? fault.places : fault.places.map((place) => ({ ...place, pointer: within + place.pointer }))
  };
}
var FRAMEWORK = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "mediaTypeUnsupported",
  FST_ERR_CTP_BODY_TOO_LARGE: "bodyTooLarge",
  FST_ERR_CTP_EMPTY_JSON_BODY: "bodyInvalid",
  FST_ERR_CTP_INVALID_JSON_BODY: "bodyInvalid",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "bodyInvalid",
  FST_ERR_BAD_URL: "requestInvalid",
  FST_ERR_MAX_PARAM_LENGTH: "notFound"
};
var SENTENCES = {
  mediaTypeUnsupported: "Send the body as UTF-8 JSON, with the header Content-Type: application/json (curl sends a form unless told so by -H).",
  bodyInvalid: "The body does not have the length that its Content-Length says; send it whole.",
  requestInvalid: "The address has a % that is not followed by two hexadecimal digits of UTF-8; encode it again.",
  notFound: "The last part of the address is too long for any id."
};
function faultOf(error, bodyLimit) {
  if (error instanceof Fault) return error;
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return void 0;
  const code = FRAMEWORK[error.code];
  if (code === "bodyTooLarge") return new Fault(code, `The body may have at most ${bodyLimit ?? 0} octets; send less at once.`);
  if (code) return new Fault(code, SENTENCES[code] ?? error.message);
  if ("statusCode" in error && error.statusCode === 400) return new Fault("bodyInvalid", "The body did not arrive whole; send it again.");
  return void 0;
}
function sendFault(reply, fault) {
  return sendProblem(reply, problemOf(fault), isTransient(fault));
}
function sendProblem(reply, problem, passes) {
  if (problem.status === 401 || problem.status === 403) reply.header("www-authenticate", challenge(problem.code));
  if (problem.code === "idempotencyInFlight") reply.header("retry-after", "1");
  else if (passes) reply.header("retry-after", String(RETRY_AFTER));
  return reply.code(problem.status).header("content-type", PROBLEM_TYPE).send(JSON.stringify(problem));
}
function challenge(code) {
  if (code === "keyInvalid") return 'Bearer realm="simpost", error="invalid_token"';
  if (code === "scopeMissing") return 'Bearer realm="simpost", error="insufficient_scope"';
  return 'Bearer realm="simpost"';
}
function errorHandler(parts) {
  return (error, request, reply) => {
    const fault = faultOf(error, request.routeOptions.bodyLimit);
    if (fault && fault.status < 500) {
      sendFault(reply, fault);
      return;
    }
    const incident = parts.random.bytes(6).toString("hex");
    const where = { incident, method: request.method, route: request.routeOptions.url ?? null };
    if (fault) {
      parts.log.warn({ ...where, code: fault.code }, "a request failed");
      sendFault(reply, fault);
      return;
    }
    parts.log.error({ ...where, err: traceOf(error) }, "a request met an unexpected error");
    sendFault(
      reply,
      new Fault("internal", `Simpost made a mistake; its log has it as incident ${incident}. Nothing says that the request was done.`)
    );
  };
}
function traceOf(error) {
  if (!(error instanceof Error)) return { name: typeof error, code: null, stack: null };
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return { name: error.name, code, stack: frames?.join("\n") ?? null };
}

// src/http/schemas/message.ts
import { Type as Type3 } from "typebox";

// src/base/purpose.ts
var PURPOSES = ["otp", "urgent", "service", "promotional"];
function purposeRank(purpose) {
  return PURPOSES.indexOf(purpose);
}

// src/store/store.ts
var MESSAGE_STATUSES = [
  "accepted",
  "held",
  "queued",
  "sending",
  "sent",
  "delivered",
  "undelivered",
  "refused",
  "failed",
  "expired",
  "cancelled",
  "uncertain"
];
var SEGMENT_STATES = [
  "queued",
  "sending",
  "sent",
  "delivered",
  "undelivered",
  "uncertain",
  "failed",
  "expired",
  "cancelled"
];

// src/http/schemas/message.ts
var ID = "msg_5f0c1d2e3a4b5c6d7e8f9a0b";
var ICCID = "8938001234567890123";
var wish = {
  to: Type3.String({
    description: "One number: E.164, or as people in the country of the site write it.",
    examples: ["+380501234567", "050 123-45-67"]
  }),
  text: Type3.String({
    description: "What the client reads. Characters outside the GSM 7-bit alphabet make it UCS2 (70 characters a segment instead of 160). Line feed, carriage return, form feed and tab may stand in it, other control characters may not.",
    examples: ["\u0412\u0430\u0448 \u0432\u0456\u0437\u0438\u0442 24.11 \u043E 14:30. \u0429\u043E\u0431 \u043F\u0435\u0440\u0435\u043D\u0435\u0441\u0442\u0438, \u0432\u0456\u0434\u043F\u043E\u0432\u0456\u0434\u0430\u0439\u0442\u0435 \u041F\u0415\u0420\u0415\u041D\u041E\u0421"]
  }),
  purpose: Type3.Optional(
    OneOf(PURPOSES, {
      default: "service",
      description: "What it is for: decides how soon it goes and which rules of policy apply. The text of an `otp` is never shown again."
    })
  ),
  sim: Type3.Optional(
    Type3.String({
      minLength: 1,
      maxLength: 64,
      description: "The SIM to send through: an ICCID or a configured name.",
      examples: ["front desk"]
    })
  ),
  validFor: Type3.Optional(
    Type3.Integer({
      minimum: 1,
      maximum: 31622400,
      description: "Seconds that it stays worth sending; after that it expires.",
      examples: [3600]
    })
  ),
  sendAt: Type3.Optional(
    Type3.String({
      maxLength: 64,
      format: "date-time",
      description: "Not before then: RFC 3339 with an offset.",
      examples: ["2026-11-23T09:00:00+02:00"]
    })
  ),
  flash: Type3.Optional(Type3.Boolean({ default: false, description: "Class 0: shown at once, usually not kept by the phone." })),
  transliterate: Type3.Optional(
    Type3.Boolean({
      default: false,
      description: "Write it in letters of the GSM 7-bit alphabet, for fewer segments, if all of it can be; otherwise it goes as it is."
    })
  ),
  reference: Type3.Optional(
    Type3.String({ maxLength: 255, description: "Your own reference, kept and given back.", examples: ["visit-1042"] })
  )
};
var SendMessage = Type3.Object(
  {
    ...wish,
    dryRun: Type3.Optional(
      Type3.Boolean({ default: false, description: "Check and plan only: 200 with what would be, nothing stored, nothing sent." })
    )
  },
  {
    $id: "SendMessage",
    additionalProperties: false,
    examples: [{ to: "+380501234567", text: "\u0412\u0430\u0448 \u0432\u0456\u0437\u0438\u0442 24.11 \u043E 14:30. \u0429\u043E\u0431 \u043F\u0435\u0440\u0435\u043D\u0435\u0441\u0442\u0438, \u0432\u0456\u0434\u043F\u043E\u0432\u0456\u0434\u0430\u0439\u0442\u0435 \u041F\u0415\u0420\u0415\u041D\u041E\u0421", reference: "visit-1042" }]
  }
);
var BatchItem = Type3.Object(wish, { $id: "BatchItem", additionalProperties: false });
var sendBatch = (maxItems) => Type3.Object(
  { messages: Type3.Array(Shared("BatchItem"), { minItems: 1, maxItems }) },
  {
    $id: "SendBatch",
    additionalProperties: false,
    examples: [
      {
        messages: [
          { to: "+380501234567", text: "\u0412\u0430\u0448\u0435 \u0430\u0432\u0442\u043E \u0433\u043E\u0442\u043E\u0432\u0435" },
          { to: "+380671234567", text: "\u0417\u0430\u0432\u0442\u0440\u0430 \u043E 9:00 \u0447\u0435\u043A\u0430\u0454\u043C\u043E \u043D\u0430 \u0422\u041E" }
        ]
      }
    ]
  }
);
var AttemptView = Type3.Object(
  {
    sim: Type3.String({ description: "ICCID." }),
    at: Instant("When it began."),
    outcome: OneOf(["pending", "sent", "refused", "notSent", "uncertain", "resent", "failed"], {
      description: "`uncertain`: it may have gone out; `resent`: so it was sent once more, flagged."
    }),
    cause: Nullable(Type3.String(), { description: "`CMS-38`, `CME-30`, `EV-TIMEOUT` ... or null." })
  },
  { additionalProperties: false }
);
var PolicyView = Type3.Object(
  {
    decision: OneOf(["send", "hold", "refuse"]),
    until: Nullable(Instant("When a hold ends.")),
    rules: Type3.Array(
      Type3.Object(
        { rule: Type3.String(), verdict: OneOf(["pass", "hold", "refuse"]), reason: Type3.String() },
        { additionalProperties: false }
      )
    )
  },
  { additionalProperties: false, description: "What policy decided, and what each rule said." }
);
var summary = {
  id: Nullable(Type3.String(), { description: "Null for a dry run." }),
  to: Type3.String({ description: "E.164." }),
  text: Nullable(Type3.String(), { description: "As the caller gave it; null where it is hidden." }),
  textHidden: Type3.Boolean({ description: "True for `otp`: a code is shown to nobody but its recipient." }),
  purpose: OneOf(PURPOSES),
  status: OneOf(MESSAGE_STATUSES),
  reason: Nullable(Type3.String(), {
    description: "Why the status is what it is, where there is something to say: `scheduled`, `partial` ..."
  }),
  encoding: OneOf(["gsm7", "ucs2"]),
  segmentCount: Type3.Integer({ minimum: 1 }),
  possibleDuplicate: Type3.Boolean({ description: "True once something happened that can have put a second copy on the air." }),
  flash: Type3.Boolean(),
  transliterated: Type3.Boolean({ description: "Whether the text as sent differs from the text as given." }),
  reference: Nullable(Type3.String()),
  sim: Nullable(Type3.String(), { description: "ICCID of the SIM that it goes or went through, or was asked for." }),
  sendAt: Nullable(Instant("Not before then.")),
  acceptedAt: Instant("When it was accepted (for a dry run: would have been)."),
  expiresAt: Instant("Not after then."),
  updatedAt: Instant("When it last changed."),
  key: Type3.String({ description: "Id of the API key that it came with." })
};
var MessageSummary = Type3.Object(summary, {
  $id: "MessageSummary",
  additionalProperties: false,
  description: "A message as events show it."
});
var Message = Type3.Object(
  {
    ...summary,
    policy: PolicyView,
    segments: Type3.Array(
      Type3.Object(
        {
          n: Type3.Integer({ minimum: 1, description: "Its place in the message." }),
          state: OneOf(SEGMENT_STATES),
          mr: Nullable(Type3.Integer({ minimum: 0, maximum: 255 }), { description: "TP-MR of the last attempt that got one." }),
          attempts: Type3.Array(AttemptView)
        },
        { additionalProperties: false }
      )
    ),
    events: Type3.Array(
      Type3.Object({ type: Type3.String(), at: Instant("When."), reason: Nullable(Type3.String()) }, { additionalProperties: false })
    )
  },
  {
    $id: "Message",
    additionalProperties: false,
    description: "One text for one recipient, with its segments and every attempt to send them.",
    examples: [
      {
        id: ID,
        to: "+380501234567",
        text: "\u0412\u0430\u0448\u0435 \u0430\u0432\u0442\u043E \u0433\u043E\u0442\u043E\u0432\u0435",
        textHidden: false,
        purpose: "service",
        status: "delivered",
        reason: null,
        encoding: "ucs2",
        segmentCount: 1,
        possibleDuplicate: false,
        flash: false,
        transliterated: false,
        reference: "order-7",
        sim: ICCID,
        sendAt: null,
        acceptedAt: "2026-11-22T10:00:00.000Z",
        expiresAt: "2026-11-23T10:00:00.000Z",
        updatedAt: "2026-11-22T10:00:07.420Z",
        key: "key_0a1b2c3d4e5f60718293a4b5",
        policy: { decision: "send", until: null, rules: [{ rule: "schedule", verdict: "pass", reason: "due" }] },
        segments: [
          { n: 1, state: "delivered", mr: 42, attempts: [{ sim: ICCID, at: "2026-11-22T10:00:00.012Z", outcome: "sent", cause: null }] }
        ],
        events: [
          { type: "message.queued", at: "2026-11-22T10:00:00.000Z", reason: null },
          { type: "message.delivered", at: "2026-11-22T10:00:07.420Z", reason: null }
        ]
      }
    ]
  }
);
var BatchResult = Type3.Object(
  {
    results: Type3.Array(
      Type3.Union([Shared("Message"), Type3.Object({ problem: Shared("Problem") }, { additionalProperties: false })], {
        description: "What became of the message in the same place of the request."
      })
    )
  },
  { $id: "BatchResult", additionalProperties: false }
);
var MessageQuery = Type3.Object(
  {
    ...pageParameters,
    status: Type3.Optional(OneOf(MESSAGE_STATUSES)),
    to: Type3.Optional(Type3.String({ minLength: 1, maxLength: 64, description: "The recipient, in any usual way to write the number." })),
    purpose: Type3.Optional(OneOf(PURPOSES)),
    since: Type3.Optional(
      Type3.String({ maxLength: 64, format: "date-time", description: "Accepted at or after: RFC 3339 with an offset." })
    )
  },
  { additionalProperties: false }
);

// src/http/shape.ts
var instant2 = (ms) => ms === null ? null : rfc3339(ms);
var hidden = (purpose) => purpose === "otp";
var policyOf = (policy) => ({
  decision: policy.decision,
  until: instant2(policy.until),
  rules: policy.rules.map(({ rule, verdict, reason }) => ({ rule, verdict, reason }))
});
function common(m, segmentCount) {
  const textHidden = hidden(m.purpose);
  return {
    id: m.id,
    to: m.to,
    text: textHidden ? null : m.text,
    textHidden,
    purpose: m.purpose,
    status: m.status,
    reason: m.reason,
    encoding: m.alphabet,
    segmentCount,
    possibleDuplicate: m.possibleDuplicate,
    flash: m.flash,
    transliterated: m.transliterated,
    reference: m.reference,
    sim: m.sim,
    sendAt: instant2(m.sendAt),
    acceptedAt: rfc3339(m.acceptedAt),
    expiresAt: rfc3339(m.expiresAt),
    updatedAt: rfc3339(m.updatedAt),
    key: m.keyId
  };
}
function shapeMessage(m) {
  return {
    ...common(m, m.segments.length),
    policy: policyOf(m.policy),
    segments: m.segments.map((s) => ({
      n: s.n,
      state: s.state,
      mr: s.mr,
      attempts: s.attempts.map((a) => ({ sim: a.sim, at: rfc3339(a.at), outcome: a.outcome, cause: a.cause }))
    })),
    events: m.events.map((e) => ({ type: e.type, at: rfc3339(e.at), reason: e.reason }))
  };
}
var firstStatus = (m) => m.held ? "held" : "queued";
function shapeNew(m, dryRun = false) {
  const textHidden = hidden(m.purpose);
  const acceptedAt = rfc3339(m.acceptedAt);
  const status = firstStatus(m);
  const reason = m.held?.reason ?? null;
  return {
    id: dryRun ? null : m.id,
    to: m.to,
    text: textHidden ? null : m.text,
    textHidden,
    purpose: m.purpose,
    status,
    reason,
    encoding: m.alphabet,
    segmentCount: m.segments.length,
    possibleDuplicate: false,
    flash: m.flash,
    transliterated: m.transliterated,
    reference: m.reference,
    sim: m.sim,
    sendAt: instant2(m.sendAt),
    acceptedAt,
    expiresAt: rfc3339(m.expiresAt),
    updatedAt: acceptedAt,
    key: m.keyId,
    policy: policyOf(m.policy),
    segments: m.segments.map((_, i) => ({ n: i + 1, state: "queued", mr: null, attempts: [] })),
    events: dryRun ? [] : [{ type: `message.${status}`, at: acceptedAt, reason }]
  };
}
function shapeInbound(i) {
  return {
    id: i.id,
    from: i.from,
    text: i.text,
    receivedAt: rfc3339(i.receivedAt),
    complete: i.complete,
    sim: i.sim,
    smscTime: i.smscTime,
    answers: i.answers,
    total: i.total,
    revision: i.revision,
    problem: i.problem,
    duplicates: i.duplicates,
    segments: i.segments.map((s) => ({ n: s.n, text: s.text, pdu: s.pdu, receivedAt: rfc3339(s.receivedAt) }))
  };
}
function shapeEvent(event) {
  const data = event.message ? common(event.message, event.message.segmentCount) : event.inbound ? shapeInbound(event.inbound) : null;
  if (data === null) throw new Error(`event ${event.id} is about nothing`);
  return { type: event.type, timestamp: rfc3339(event.at), data };
}

// src/http/slices.ts
var SLICE = 8;
async function inSlices(clock, count, step) {
  let until = clock.monotonic() + SLICE;
  for (let i = 0; i < count; i += 1) {
    __m('step',()=>step(i));
    if (clock.monotonic() < until) continue;
    await new Promise((resolve) => setImmediate(resolve));
    until = clock.monotonic() + SLICE;
  }
}

// src/http/text.ts
function checkText(text, pointer = "/text") {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 32 && unit < 127) continue;
    if (unit < 160) {
      if (unit === 10 || unit === 13 || unit === 9 || unit === 12) continue;
      throw refuse(pointer, `has the control character U+${hex(unit)} at position ${i + 1}; take it out`);
    }
    if (unit < 55296 || unit > 57343) continue;
    const next = text.charCodeAt(i + 1);
    if (unit > 56319 || !(next >= 56320 && next <= 57343)) {
      throw refuse(pointer, `has half of a surrogate pair (U+${hex(unit)}) at position ${i + 1}; send the whole character`);
    }
    i += 1;
  }
}
var hex = (unit) => unit.toString(16).toUpperCase().padStart(4, "0");
var refuse = (pointer, why) => new Fault("textInvalid", `The text ${why}.`, [{ pointer, detail: why }]);

// src/http/validation.ts
import { Ajv } from "ajv";
var common2 = {
  removeAdditional: false,
  strict: true,
  strictTypes: false,
  formats: { "date-time": true, "uri-reference": true }
};
var body = new Ajv({ ...common2, coerceTypes: false, useDefaults: false });
var bodyAll = new Ajv({ ...common2, coerceTypes: false, useDefaults: false, allErrors: true });
var query = new Ajv({ ...common2, coerceTypes: true, useDefaults: true, allErrors: true });
var MOST_PLACES = 20;
function bodyCheck(schema) {
  const first = body.compile(schema);
  const all = bodyAll.compile(schema);
  return {
    accepts: (data) => first(data),
    refusal(data) {
      const few = typeof data !== "object" || data === null || Object.keys(data).length <= 64;
      const validate = few ? all : first;
      validate(data);
      return refusal(validate.errors ?? [], schema, data);
    }
  };
}
var validatorCompiler = ({ schema, httpPart }) => {
  if (httpPart === "body") {
    const check = bodyCheck(schema);
    return (data) => outcome(check.accepts(data) ? void 0 : check.refusal(data), data);
  }
  const validate = query.compile(schema);
  return (data) => outcome(validate(data) ? void 0 : queryRefusal(validate.errors ?? [], schema), data);
};
var outcome = (fault, value) => fault ? { error: fault } : { value };
function refusal(errors, schema, data) {
  if (data === void 0 || data === null) return new Fault("requestInvalid", "The request has no body; send a JSON object.");
  const places = distinct(errors.map((error) => ({ pointer: pointerOf(error), detail: sentenceOf(error, schema) })));
  const first = places[0];
  const where = first && first.pointer !== "" ? `${first.pointer} ` : "The body ";
  return new Fault("requestInvalid", `${where}${first?.detail ?? "is not as this call expects it"}.${more(places)}`, places);
}
function queryRefusal(errors, schema) {
  const places = distinct(errors.map((error) => ({ pointer: `?${pointerOf(error).slice(1)}`, detail: sentenceOf(error, schema) })));
  const first = places[0];
  return new Fault("requestInvalid", `The parameter ${first?.pointer.slice(1)} ${first?.detail}.${more(places)}`, places);
}
var more = (places) => places.length > 1 ? ` (${places.length - 1} more in errors.)` : "";
function distinct(places) {
  const seen = /* @__PURE__ */ new Map();
  for (const place of places) if (!seen.has(place.pointer)) seen.set(place.pointer, place);
  return [...seen.values()].slice(0, MOST_PLACES);
}
var escaped = (key) => key.slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1");
function pointerOf(error) {
  if (error.keyword === "required") return `${error.instancePath}/${escaped(String(error.params.missingProperty))}`;
  if (error.keyword === "additionalProperties") return `${error.instancePath}/${escaped(String(error.params.additionalProperty))}`;
  return error.instancePath;
}
var KINDS = {
  string: "a text in quotes",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a JSON object"
};
function sentenceOf(error, schema) {
  const { params } = error;
  switch (error.keyword) {
    case "required":
      return "is missing";
    case "additionalProperties":
      return `is not known here${known(schema)}`;
    case "type":
      return `must be ${KINDS[String(params.type)] ?? params.type}`;
    case "enum":
      return `must be one of ${Array.isArray(params.allowedValues) ? params.allowedValues.join(", ") : "a few"}`;
    case "minLength":
      return params.limit === 1 ? "is empty" : `must have at least ${params.limit} characters`;
    case "maxLength":
      return `may have at most ${params.limit} characters`;
    case "minItems":
      return params.limit === 1 ? "is empty" : `must have at least ${params.limit} entries`;
    case "maxItems":
      return `may have at most ${params.limit} entries`;
    case "minimum":
      return `must be at least ${params.limit}`;
    case "maximum":
      return `may be at most ${params.limit}`;
    default:
      return error.message ?? "is not as this call expects it";
  }
}
function known(schema) {
  const properties = "properties" in schema && typeof schema.properties === "object" && schema.properties !== null ? schema.properties : {};
  const names = Object.keys(properties);
  return names.length > 0 ? `; known are ${names.join(", ")}` : "";
}

// src/http/batch.ts
async function batchRoutes(app2, parts, keys, idempotency) {
  await app2.register(async (plain) => {
    const scope = plain.withTypeProvider();
    scope.removeContentTypeParser("application/json");
    scope.addContentTypeParser(
      "application/json",
      { parseAs: "buffer" },
      (request, body2, done) => done(null, rawBody(request, body2))
    );
    scope.post(
      "/v1/messages/batch",
      {
        bodyLimit: parts.limits.batchBytes,
        onRequest: keys.needs("send"),
        config: { headers: IdempotencyHeader },
        // The body stays octets here; its parts are checked one by one.
        validatorCompiler: () => (data) => ({ value: data }),
        schema: {
          operationId: "sendBatch",
          tags: ["messages"],
          summary: `Send up to ${parts.limits.batchMessages} texts`,
          description: `Each message is checked on its own: a bad one is a problem in its place, the others are accepted together. ${IDEMPOTENCY_NOTE}`,
          security: keyWith("send"),
          body: Type4.Unsafe(sendBatch(parts.limits.batchMessages)),
          response: answers(
            {
              202: {
                description: "What became of each, in order.",
                schema: Shared("BatchResult"),
                headers: { "Idempotent-Replayed": { type: "string", description: "`true` when this answer was given before." } }
              }
            },
            [...BODY_FAULTS, "idempotencyInFlight", "idempotencyMismatch", "storeFull"]
          )
        }
      },
      async (request, reply) => {
        const { keyId, body: body2 } = request;
        if (!Buffer.isBuffer(body2)) throw new Fault("requestInvalid", 'The request has no body; send {"messages": [...]}.');
        if (request.headers["idempotency-key"] === void 0) {
          const { messages, answer } = await prepareAll(parts, keyId, body2);
          if (messages.length > 0) await parts.acceptance.commit(messages);
          return sendAnswer(reply, answer);
        }
        return idempotency.once(request, reply, async (keep) => {
          const { messages, answer } = await prepareAll(parts, keyId, body2);
          const outcome2 = await parts.acceptance.commit(messages, keep(answer, parts.clock.now()));
          return outcome2.kind === "repeated" ? outcome2.earlier : answer;
        });
      }
    );
  });
}
var item = bodyCheck(BatchItem);
async function prepareAll(parts, keyId, body2) {
  const raw = __m('split',()=>splitBatch(body2, parts.limits.batchMessages));
  const messages = [];
  const results = [];
  await inSlices(parts.clock, raw.length, (i) => {
    const one = raw[i];
    if (!one) return;
    try {
      const message = prepareOne(parts, keyId, body2, one);
      results.push(JSON.stringify(shapeNew(message)));
      messages.push(message);
    } catch (error) {
      if (!(error instanceof Fault) || error.status >= 500 || error.code === "bodyInvalid") throw error;
      results.push(JSON.stringify({ problem: problemOf(error, `/messages/${i}`) }));
    }
  });
  return { messages, answer: { status: 202, body: `{"results":[${results.join(",")}]}`, location: null } };
}
function prepareOne(parts, keyId, body2, raw) {
  if (raw.end - raw.start > parts.limits.bodyBytes) throw tooMuch(`may have at most ${parts.limits.bodyBytes} octets`);
  if (raw.structure > STRUCTURE_MAX) throw tooMuch("has far more fields than a message has");
  const value = parsed(body2, raw);
  if (!item.accepts(value)) throw item.refusal(value);
  checkText(value.text);
  return parts.acceptance.prepare(keyId, value);
}
function parsed(body2, raw) {
  try {
    return JSON.parse(body2.toString("utf8", raw.start, raw.end));
  } catch {
    throw notJson();
  }
}
var tooMuch = (why) => new Fault("requestInvalid", `This entry ${why}.`, [{ pointer: "", detail: why }]);

// src/http/events.ts
import { Type as Type5 } from "typebox";

// src/base/waits.ts
function deferred() {
  let resolve;
  let reject;
  const promise = new Promise((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}
var Alarm = class {
  constructor(clock, fn) {
    this.clock = clock;
    this.fn = fn;
  }
  clock;
  fn;
  #timer;
  /** Fires once, `delay` milliseconds from now, instead of whatever was set before. */
  in(delay) {
    this.cancel();
    this.#timer = this.clock.setTimer(delay, () => {
      this.#timer = void 0;
      this.fn();
    });
  }
  /** Whether it is set. */
  get pending() {
    return this.#timer !== void 0;
  }
  cancel() {
    this.#timer?.cancel();
    this.#timer = void 0;
  }
};

// src/http/live-events.ts
var HEARTBEAT = 15e3;
var SLOWEST = 3e4;
var PAGE = 100;
var RETRY = 2e3;
var EventReader = class {
  #parts;
  #res;
  #heart;
  #unsubscribe;
  #after;
  #closed = false;
  #news = true;
  #waiting;
  /** @param after sequence number of the last event that the client has */
  constructor(parts, res, after) {
    this.#parts = parts;
    this.#res = res;
    this.#after = after;
    this.#heart = new Alarm(parts.clock, () => this.#beat());
    this.#unsubscribe = parts.store.onEvents(() => this.#wake());
    res.once("close", () => this.#close());
  }
  /** Resolves when the connection is closed. */
  async run() {
    this.#res.write(`retry: ${RETRY}

`);
    this.#heart.in(HEARTBEAT);
    try {
      while (!this.#closed) {
        if (!this.#news) await this.#wait();
        else await this.#send();
      }
    } catch (error) {
      this.#parts.log.error({ err: error }, "live events could not be read");
      this.#cut();
    }
  }
  /** Ends it in order: the client sees the end and may come back. */
  end() {
    if (!this.#res.writableEnded) this.#res.end();
    this.#close();
  }
  async #send() {
    this.#news = false;
    const events = await this.#parts.store.events(this.#after, PAGE);
    if (this.#closed || events.length === 0) return;
    this.#after = events.at(-1)?.seq ?? this.#after;
    this.#news = events.length === PAGE || this.#news;
    if (!this.#res.write(events.map(frame).join(""))) await this.#drained();
  }
  async #wait() {
    this.#waiting = deferred();
    await this.#waiting.promise;
    this.#waiting = void 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
  async #drained() {
    const free = deferred();
    const patience = this.#parts.clock.setTimer(SLOWEST, () => {
      this.#parts.log.warn("a reader of live events was too slow and is cut; it can resume");
      this.#cut();
    });
    const resume = () => free.resolve();
    this.#res.once("drain", resume);
    this.#res.once("close", resume);
    await free.promise;
    this.#res.off("drain", resume);
    this.#res.off("close", resume);
    patience.cancel();
  }
  #beat() {
    if (this.#closed) return;
    if (!this.#parts.allowed()) {
      this.end();
      return;
    }
    if (!this.#res.writableNeedDrain) this.#res.write(":\n\n");
    this.#heart.in(HEARTBEAT);
  }
  #wake() {
    this.#news = true;
    this.#waiting?.resolve();
  }
  #cut() {
    this.#res.destroy();
    this.#close();
  }
  #close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#heart.cancel();
    this.#unsubscribe();
    this.#waiting?.resolve();
  }
};
var frame = (event) => `id: ${event.seq}
event: ${event.type}
data: ${JSON.stringify({ id: event.id, ...shapeEvent(event) })}

`;

// src/http/events.ts
var MOST_READERS = 64;
var Query = Type5.Object(
  {
    lastEventId: Type5.Optional(
      Type5.Integer({ minimum: 0, description: "As the header `Last-Event-ID`, for clients that cannot set it. The header wins." })
    )
  },
  { additionalProperties: false }
);
function eventRoutes(app2, parts, keys) {
  const readers = /* @__PURE__ */ new Set();
  app2.addHook("preClose", (done) => {
    for (const reader of readers) reader.end();
    done();
  });
  app2.get(
    "/v1/events",
    {
      exposeHeadRoute: false,
      onRequest: keys.needs("read"),
      config: { headers: LastEventHeader },
      schema: {
        operationId: "streamEvents",
        tags: ["events"],
        summary: "Live events",
        description: "Server-sent events, as the HTML standard has them: `id` is the place in the stream, `event` the type, `data` a `StreamedEvent` in JSON. Begins with what happens next, or after `Last-Event-ID`. Comments come each 15 s. A reader that is too slow is cut and can resume.",
        security: keyWith("read"),
        querystring: Query,
        response: answers({ 200: { description: "The stream; it ends when either side closes it.", contentType: "text/event-stream" } }, [
          "requestInvalid"
        ])
      }
    },
    async (request, reply) => {
      if (readers.size >= MOST_READERS) {
        throw new Fault("unavailable", `There are ${MOST_READERS} readers of live events already; close one that is not needed.`);
      }
      const last = await parts.store.lastEvent();
      const wanted = lastEventId(request.headers["last-event-id"]) ?? request.query.lastEventId;
      reply.hijack();
      const res = reply.raw;
      res.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
        "x-content-type-options": "nosniff"
      });
      const { keyHash } = request;
      const reader = new EventReader(
        { store: parts.store, clock: parts.clock, log: parts.log, allowed: () => keys.stillOpens(keyHash, "read") },
        res,
        // A place that is ahead belongs to another store, restored since: there is nothing to resume.
        Math.min(wanted ?? last, last)
      );
      readers.add(reader);
      await reader.run();
      readers.delete(reader);
    }
  );
}
function lastEventId(header) {
  if (header === void 0 || header === "") return void 0;
  const id = Number(header);
  if (!Number.isSafeInteger(id) || id < 0) {
    const why = "must be the id of an event of this stream";
    throw new Fault("requestInvalid", `The header Last-Event-ID ${why}.`, [{ pointer: "Last-Event-ID", detail: why }]);
  }
  return id;
}

// src/http/faults-page.ts
var PAGE2 = [
  "<!doctype html>",
  '<html lang="en"><meta charset="utf-8"><title>Simpost: faults</title>',
  "<h1>Faults</h1>",
  "<p>Every refusal is a problem (RFC 9457) with one of these codes. Its <code>detail</code> says what is wrong this time and what to do; its <code>errors</code> say where.</p>",
  "<dl>",
  ...FAULT_CODES.map((code) => `<dt id="${code}"><code>${code}</code> (${FAULTS[code].status})</dt><dd>${FAULTS[code].title}</dd>`),
  "</dl></html>"
].join("\n");
function faultsPage(app2) {
  app2.get(
    "/faults",
    { schema: { hide: true } },
    (_request, reply) => reply.header("content-type", "text/html; charset=utf-8").header("content-security-policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'").send(PAGE2)
  );
}

// src/http/hardware.ts
import { Type as Type6 } from "typebox";

// src/http/query.ts
var RFC33392 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
var withPlus = (written) => written.replace(" ", "+");
function instantIn(name, written) {
  const text = withPlus(written).toUpperCase();
  const ms = RFC33392.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    const why = "is no time; write it as RFC 3339 with an offset, such as 2026-11-22T10:00:00Z";
    throw new Fault("requestInvalid", `The parameter ${name} ${why}.`, [{ pointer: `?${name}`, detail: why }]);
  }
  return ms;
}
function numberIn(name, written, normalize) {
  try {
    return normalize(written.startsWith(" ") ? withPlus(written) : written);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault(
      error.code,
      error.message,
      error.places.map((place) => ({ pointer: `?${name}`, detail: place.detail })),
      { cause: error }
    );
  }
}
function pageIn(query2) {
  return { limit: query2.limit ?? PAGE_LIMIT, cursor: query2.cursor ?? null };
}
function pageOf(all, keyOf2, page) {
  const sorted = [...all].sort((a, b) => keyOf2(a) < keyOf2(b) ? -1 : 1);
  const after = page.cursor === null ? null : decode2(page.cursor);
  const rest = after === null ? sorted : sorted.filter((entry) => keyOf2(entry) > after);
  const data = rest.slice(0, page.limit);
  const last = data.at(-1);
  return { data, nextCursor: last !== void 0 && rest.length > data.length ? encode(keyOf2(last)) : null };
}
var encode = (key) => Buffer.from(key).toString("base64url");
function decode2(cursor) {
  const key = Buffer.from(cursor, "base64url").toString();
  if (encode(key) !== cursor) throw new Fault("cursorInvalid", "The cursor is not one that this list gave; begin without one.");
  return key;
}

// src/http/hardware.ts
var tags = ["hardware"];
var Page = Type6.Object(pageParameters, { additionalProperties: false });
function hardwareRoutes(app2, parts, keys) {
  app2.get(
    "/v1/sims",
    {
      onRequest: keys.needs("read"),
      schema: {
        operationId: "listSims",
        tags,
        summary: "SIMs",
        description: "Every SIM that was ever in a modem of this box, with what it has sent and received.",
        security: keyWith("read"),
        querystring: Page,
        response: answers({ 200: { description: "A page of SIMs.", schema: listOf("Sim") } }, ["requestInvalid", "cursorInvalid"])
      }
    },
    async (request) => pageOf(mergeSims(parts.sims(), await parts.store.sims(), parts.simName), (sim) => sim.iccid, pageIn(request.query))
  );
  app2.get(
    "/v1/modems",
    {
      onRequest: keys.needs("read"),
      schema: {
        operationId: "listModems",
        tags,
        summary: "Modems",
        description: "Every configured modem: how it is, in words, and what a person should do about it.",
        security: keyWith("read"),
        querystring: Page,
        response: answers({ 200: { description: "A page of modems.", schema: listOf("Modem") } }, ["requestInvalid", "cursorInvalid"])
      }
    },
    (request) => Promise.resolve(pageOf(parts.modems().map(shapeModem), (modem) => modem.port, pageIn(request.query)))
  );
}
var shapeModem = (m) => ({
  imei: m.imei,
  port: m.port,
  name: m.name,
  manufacturer: m.manufacturer,
  model: m.model,
  state: m.state,
  sentence: m.sentence,
  nextStep: m.nextStep,
  sim: m.sim
});
var NOTHING = { sent: 0, delivered: 0, failed: 0, received: 0 };
function mergeSims(live, stored, nameOf) {
  const here = new Map(live.map((sim) => [sim.iccid, sim]));
  const known2 = new Map(stored.map((sim) => [sim.iccid, sim]));
  return [.../* @__PURE__ */ new Set([...known2.keys(), ...here.keys()])].map((iccid) => {
    const now = here.get(iccid);
    const before2 = known2.get(iccid);
    const { sent, delivered, failed, received } = before2?.counters ?? NOTHING;
    return {
      iccid,
      name: nameOf(iccid),
      imsi: now?.imsi ?? before2?.imsi ?? null,
      number: now?.number ?? before2?.number ?? null,
      state: now?.state ?? "absent",
      operator: now?.operator ?? null,
      signalDbm: now?.signalDbm ?? null,
      lastSeenAt: before2 ? rfc3339(before2.at) : null,
      counters: { sent, delivered, failed, received }
    };
  });
}

// src/http/health.ts
import { Type as Type7 } from "typebox";
var tags2 = ["health"];
function healthRoutes(app2, parts) {
  app2.get(
    "/healthz",
    {
      schema: {
        operationId: "health",
        tags: tags2,
        summary: "Is the process alive?",
        security: [],
        response: answers({ 200: { description: "It is.", schema: Type7.Object({ status: OneOf(["ok"]) }) } }, [], false)
      }
    },
    () => Promise.resolve({ status: "ok" })
  );
  app2.get(
    "/readyz",
    {
      schema: {
        operationId: "readiness",
        tags: tags2,
        summary: "Can it send?",
        description: "Ready when the store is open and at least one SIM is ready; otherwise 503, and `reasons` says why.",
        security: [],
        response: answers(
          {
            200: {
              description: "It can.",
              schema: Type7.Object({ status: OneOf(["ready"]), reasons: Type7.Array(Type7.String()) })
            }
          },
          [],
          false
        )
      }
    },
    (_request, reply) => {
      const { ready, reasons } = parts.readiness();
      if (ready) return reply.send({ status: "ready", reasons });
      const fault = new Fault("unavailable", reasons.join(" ") || "The box is not ready.");
      return sendProblem(reply, { ...problemOf(fault), reasons }, true);
    }
  );
}

// src/http/inbound.ts
import { Type as Type9 } from "typebox";

// src/http/schemas/inbound.ts
import { Type as Type8 } from "typebox";
var Inbound = Type8.Object(
  {
    id: Type8.String(),
    from: Type8.String({ description: "E.164, a short code, or the letters of an alphanumeric sender." }),
    text: Nullable(Type8.String(), { description: "The whole text; null while segments are missing." }),
    receivedAt: Instant("When its first segment came from the modem."),
    complete: Type8.Boolean(),
    sim: Type8.String({ description: "ICCID of the SIM that it was sent to." }),
    smscTime: Nullable(Type8.String({ format: "date-time" }), { description: "The SMSC's own time (TP-SCTS) with its own offset." }),
    answers: Nullable(Type8.String(), { description: "Id of the message that it most likely answers." }),
    total: Type8.Integer({ minimum: 1, description: "How many segments it has." }),
    revision: Type8.Integer({ minimum: 1, description: "One more each time that what is shown changed." }),
    problem: Nullable(Type8.String(), { description: "What was wrong, where it could not be read; the raw PDU is in `segments`." }),
    duplicates: Type8.Integer({ minimum: 0, description: "How often the network delivered it again." }),
    segments: Type8.Array(
      Type8.Object(
        {
          n: Type8.Integer({ minimum: 0 }),
          text: Type8.String(),
          pdu: Type8.String({ description: "As the modem gave it, hexadecimal." }),
          receivedAt: Instant("When it came.")
        },
        { additionalProperties: false }
      )
    )
  },
  {
    $id: "Inbound",
    additionalProperties: false,
    description: "What a client wrote.",
    examples: [
      {
        id: "in_5f0c1d2e3a4b5c6d7e8f9a0b",
        from: "+380501234567",
        text: "\u041F\u0415\u0420\u0415\u041D\u041E\u0421",
        receivedAt: "2026-11-22T10:05:00.000Z",
        complete: true,
        sim: "8938001234567890123",
        smscTime: "2026-11-22T12:04:58+02:00",
        answers: "msg_5f0c1d2e3a4b5c6d7e8f9a0b",
        total: 1,
        revision: 1,
        problem: null,
        duplicates: 0,
        segments: [
          {
            n: 1,
            text: "\u041F\u0415\u0420\u0415\u041D\u041E\u0421",
            pdu: "0791838001000000040C9183501032547600086211222140858000E041F041504150415041E0421",
            receivedAt: "2026-11-22T10:05:00.000Z"
          }
        ]
      }
    ]
  }
);
var InboundQuery = Type8.Object(
  {
    ...pageParameters,
    from: Type8.Optional(
      Type8.String({ minLength: 1, maxLength: 64, description: "The sender: a number in any usual writing, a short code, or letters." })
    ),
    since: Type8.Optional(
      Type8.String({ maxLength: 64, format: "date-time", description: "Received at or after: RFC 3339 with an offset." })
    )
  },
  { additionalProperties: false }
);

// src/http/inbound.ts
var tags3 = ["inbound"];
function inboundRoutes(app2, parts, keys) {
  app2.get(
    "/v1/inbound",
    {
      onRequest: keys.needs("read"),
      schema: {
        operationId: "listInbound",
        tags: tags3,
        summary: "What clients wrote",
        description: "Newest first. All filters must hold. A long message of which segments are missing shows after ten minutes, with what came.",
        security: keyWith("read"),
        querystring: InboundQuery,
        response: answers({ 200: { description: "A page of inbound messages.", schema: listOf("Inbound") } }, [
          "requestInvalid",
          "cursorInvalid"
        ])
      }
    },
    async (request, reply) => {
      const { from, since } = request.query;
      const filter = {
        ...from === void 0 ? {} : { from: sender(from) },
        ...since === void 0 ? {} : { since: instantIn("since", since) }
      };
      const { data, nextCursor } = await parts.store.inbounds(filter, pageIn(request.query));
      return reply.header("content-type", JSON_TYPE).send(JSON.stringify({ data: data.map(shapeInbound), nextCursor }));
    }
  );
  app2.get(
    "/v1/inbound/:id",
    {
      onRequest: keys.needs("read"),
      schema: {
        operationId: "getInbound",
        tags: tags3,
        summary: "One inbound message",
        description: "Its text, the SMSC's time, the raw segments, and the message that it most likely answers.",
        security: keyWith("read"),
        params: Type9.Object({ id: Type9.String({ description: "As the list, an event or a webhook gave it." }) }),
        response: answers({ 200: { description: "The inbound message.", schema: Shared("Inbound") } }, ["notFound"])
      }
    },
    async (request, reply) => {
      const inbound = await parts.store.inbound(request.params.id);
      if (!inbound) throw new Fault("notFound", "There is no inbound message with this id; GET /v1/inbound lists those that are there.");
      return reply.header("content-type", JSON_TYPE).send(JSON.stringify(shapeInbound(inbound)));
    }
  );
  function sender(written) {
    try {
      return numberIn("from", written, parts.normalizeNumber);
    } catch (error) {
      if (error instanceof Fault) return written;
      throw error;
    }
  }
}

// src/http/messages.ts
import { Type as Type10 } from "typebox";
var tags4 = ["messages"];
var Id = Type10.Object({ id: Type10.String({ description: "As `POST /v1/messages` gave it." }) });
function messageRoutes(app2, parts, keys, idempotency) {
  const { store: store2, acceptance: acceptance2 } = parts;
  const prepare = (keyId, body2) => {
    checkText(body2.text);
    return acceptance2.prepare(keyId, body2);
  };
  app2.post(
    "/v1/messages",
    {
      onRequest: keys.needs("send"),
      config: { headers: IdempotencyHeader },
      schema: {
        operationId: "sendMessage",
        tags: tags4,
        summary: "Send a text",
        description: `Takes a text for one recipient. The answer comes once it is on the disk, so that what was answered 202 is not lost by a crash or a power cut. ${IDEMPOTENCY_NOTE}`,
        security: keyWith("send"),
        body: SendMessage,
        response: answers(
          {
            200: { description: "For `dryRun`: what it would be; nothing was stored.", schema: Shared("Message") },
            202: {
              description: "Accepted.",
              schema: Shared("Message"),
              headers: {
                Location: { type: "string", description: "Where it can be followed." },
                "Idempotent-Replayed": { type: "string", description: "`true` when this answer was given before." }
              }
            }
          },
          [
            ...BODY_FAULTS,
            "numberInvalid",
            "textInvalid",
            "textTooLong",
            "simUnknown",
            "timeInvalid",
            "policyRefused",
            "idempotencyInFlight",
            "idempotencyMismatch",
            "storeFull"
          ]
        )
      }
    },
    async (request, reply) => {
      const { keyId, body: body2 } = request;
      if (body2.dryRun)
        return sendAnswer(reply, { status: 200, body: JSON.stringify(shapeNew(prepare(keyId, body2), true)), location: null });
      if (request.headers["idempotency-key"] === void 0) {
        const message = prepare(keyId, body2);
        await acceptance2.commit([message]);
        return sendAnswer(reply, accepted(message));
      }
      return idempotency.once(request, reply, async (keep) => {
        const message = prepare(keyId, body2);
        const answer = accepted(message);
        const outcome2 = await acceptance2.commit([message], keep(answer, message.acceptedAt));
        return outcome2.kind === "repeated" ? outcome2.earlier : answer;
      });
    }
  );
  app2.get(
    "/v1/messages",
    {
      onRequest: keys.needs("read"),
      schema: {
        operationId: "listMessages",
        tags: tags4,
        summary: "List messages",
        description: "Newest first. All filters must hold.",
        security: keyWith("read"),
        querystring: MessageQuery,
        response: answers({ 200: { description: "A page of messages.", schema: listOf("Message") } }, [
          "requestInvalid",
          "cursorInvalid",
          "numberInvalid"
        ])
      }
    },
    async (request, reply) => {
      const { status, to, purpose, since } = request.query;
      const filter = {
        ...status === void 0 ? {} : { status },
        ...to === void 0 ? {} : { to: numberIn("to", to, parts.normalizeNumber) },
        ...purpose === void 0 ? {} : { purpose },
        ...since === void 0 ? {} : { since: instantIn("since", since) }
      };
      const { data, nextCursor } = await store2.messages(filter, pageIn(request.query));
      return reply.header("content-type", JSON_TYPE).send(JSON.stringify({ data: data.map(shapeMessage), nextCursor }));
    }
  );
  app2.get(
    "/v1/messages/:id",
    {
      onRequest: keys.needs("read"),
      schema: {
        operationId: "getMessage",
        tags: tags4,
        summary: "Follow a message",
        description: "Its status, its segments, every attempt to send them, and what happened when.",
        security: keyWith("read"),
        params: Id,
        response: answers({ 200: { description: "The message.", schema: Shared("Message") } }, ["notFound"])
      }
    },
    async (request, reply) => reply.header("content-type", JSON_TYPE).send(await shown(request.params.id))
  );
  app2.delete(
    "/v1/messages/:id",
    {
      onRequest: keys.needs("send"),
      schema: {
        operationId: "cancelMessage",
        tags: tags4,
        summary: "Withdraw a message",
        description: "Cancels what is not yet on its way. A message that was cancelled before is answered the same.",
        security: keyWith("send"),
        params: Id,
        response: answers({ 200: { description: "The message, cancelled.", schema: Shared("Message") } }, ["notFound", "tooLate"])
      }
    },
    async (request, reply) => {
      const { id } = request.params;
      const outcome2 = await acceptance2.cancel(id);
      if (outcome2.kind === "unknown") throw noMessage();
      if (outcome2.kind === "tooLate" && outcome2.status !== "cancelled") throw new Fault("tooLate", TOO_LATE[outcome2.status]);
      return reply.header("content-type", JSON_TYPE).send(await shown(id));
    }
  );
  async function shown(id) {
    const message = await store2.message(id);
    if (!message) throw noMessage();
    return JSON.stringify(shapeMessage(message));
  }
}
var noMessage = () => new Fault("notFound", "There is no message with this id; GET /v1/messages lists those that are there.");
var accepted = (message) => ({
  status: 202,
  body: JSON.stringify(shapeNew(message)),
  location: `/v1/messages/${message.id}`
});
var ON_ITS_WAY = "A segment of this message is on its way, and a short message cannot be called back.";
var ENDED = "This message has come to its end already; there is nothing to withdraw.";
var TOO_LATE = {
  accepted: ON_ITS_WAY,
  held: ON_ITS_WAY,
  queued: ON_ITS_WAY,
  sending: ON_ITS_WAY,
  sent: "This message was sent already, and a short message cannot be called back.",
  uncertain: "This message may have been sent already; its outcome is still unknown.",
  delivered: ENDED,
  undelivered: ENDED,
  refused: ENDED,
  failed: ENDED,
  expired: ENDED,
  cancelled: ENDED
};

// src/http/not-found.ts
function answerTheRest(app2) {
  const routes = [];
  app2.addHook("onRoute", ({ url, method }) => {
    for (const one of [method].flat()) routes.push({ segments: url.split("/"), method: one });
  });
  const methodsAt = (path) => {
    const segments = path.split("/");
    const here = routes.filter(
      (route) => route.segments.length === segments.length && route.segments.every((segment, i) => segment === segments[i] || segment.startsWith(":") && segments[i] !== "")
    );
    return [...new Set(here.map((route) => route.method))].sort();
  };
  const answer = (request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const allowed = methodsAt(path);
    if (allowed.length === 0) {
      sendFault(reply, new Fault("notFound", "There is no such address here; /openapi.json lists those that there are."));
      return;
    }
    const allow = allowed.join(", ");
    reply.header("allow", allow);
    sendFault(reply, new Fault("methodNotAllowed", `This address takes ${allow}, not ${request.method.slice(0, 20)}.`));
  };
  app2.addHook("onRequest", (request, reply, done) => {
    if (request.is404) answer(request, reply);
    else done();
  });
  app2.setNotFoundHandler(answer);
}

// src/http/openapi.ts
import swagger from "@fastify/swagger";
import { Type as Type14 } from "typebox";

// src/http/schemas/event.ts
import { Type as Type11 } from "typebox";
var EVENT_TYPES = [...MESSAGE_STATUSES.map((status) => `message.${status}`), "inbound.received"];
var happening = {
  type: OneOf(EVENT_TYPES),
  timestamp: Instant("When it happened."),
  data: Type11.Unsafe(
    Type11.Union([Shared("MessageSummary"), Shared("Inbound")], { description: "The message or the inbound message as it was right after." })
  )
};
var Happening = Type11.Object(happening, { $id: "Event", additionalProperties: false, description: "Something that happened." });
var StreamedEvent = Type11.Object(
  { id: Type11.String({ description: "The one id of this event, the same as in `webhook-id`." }), ...happening },
  { $id: "StreamedEvent", additionalProperties: false, description: "The `data:` of one server-sent event." }
);

// src/http/schemas/hardware.ts
import { Type as Type12 } from "typebox";
var MODEM_STATES = ["absent", "opening", "identifying", "unlocking", "registering", "ready", "degraded", "failed"];
var Sim = Type12.Object(
  {
    iccid: Type12.String(),
    name: Nullable(Type12.String(), { description: "Its name in the configuration." }),
    imsi: Nullable(Type12.String()),
    number: Nullable(Type12.String(), { description: "Its own number, where the SIM knows it." }),
    state: OneOf(["ready", "notReady", "absent"], { description: "`absent`: seen before, in no modem now." }),
    operator: Nullable(Type12.String()),
    signalDbm: Nullable(Type12.Integer()),
    lastSeenAt: Nullable(Instant("When it was last found in a modem.")),
    counters: Type12.Object(
      {
        sent: Type12.Integer({ minimum: 0, description: "Segments." }),
        delivered: Type12.Integer({ minimum: 0, description: "Segments." }),
        failed: Type12.Integer({ minimum: 0, description: "Segments." }),
        received: Type12.Integer({ minimum: 0, description: "Segments." })
      },
      { additionalProperties: false }
    )
  },
  {
    $id: "Sim",
    additionalProperties: false,
    description: "A card: the number that clients see, with its counters.",
    examples: [
      {
        iccid: "8938001234567890123",
        name: "front desk",
        imsi: "255011234567890",
        number: "+380931112233",
        state: "ready",
        operator: "Kyivstar",
        signalDbm: -73,
        lastSeenAt: "2026-11-22T10:00:00.000Z",
        counters: { sent: 1204, delivered: 1180, failed: 3, received: 77 }
      }
    ]
  }
);
var Modem = Type12.Object(
  {
    imei: Nullable(Type12.String()),
    port: Type12.String(),
    name: Nullable(Type12.String()),
    manufacturer: Nullable(Type12.String()),
    model: Nullable(Type12.String()),
    state: OneOf(MODEM_STATES),
    sentence: Type12.String({ description: "How it is, in words." }),
    nextStep: Nullable(Type12.String(), { description: "What a person should do about it, if anything." }),
    sim: Nullable(Type12.String(), { description: "ICCID of the card in it." })
  },
  {
    $id: "Modem",
    additionalProperties: false,
    description: "A device, on its port.",
    examples: [
      {
        imei: "867648012345678",
        port: "/dev/serial/by-id/usb-HUAWEI_Mobile-if00-port0",
        name: null,
        manufacturer: "huawei",
        model: "E3372",
        state: "ready",
        sentence: "Registered with Kyivstar, signal -73 dBm.",
        nextStep: null,
        sim: "8938001234567890123"
      }
    ]
  }
);

// src/http/schemas/preview.ts
import { Type as Type13 } from "typebox";
var PreviewRequest = Type13.Object(
  {
    text: Type13.String({ examples: ["\u0412\u0430\u0448 \u0432\u0456\u0437\u0438\u0442 24.11 \u043E 14:30"] }),
    transliterate: Type13.Optional(Type13.Boolean({ default: false }))
  },
  { $id: "PreviewRequest", additionalProperties: false, examples: [{ text: "Your visit: 24.11, 14:30 \u2013 see you!" }] }
);
var Preview = Type13.Object(
  {
    encoding: OneOf(["gsm7", "ucs2"]),
    units: Type13.Integer({ minimum: 0, description: "Septets (an extension character takes two) or UTF-16 units, of the whole text." }),
    segmentCount: Type13.Integer({ minimum: 1 }),
    unitsPerSegment: Type13.Integer({
      minimum: 1,
      description: "160, 153, 70 or 67 ...: how much each segment holds, now that there are so many."
    }),
    room: Type13.Integer({ minimum: 0, description: "Units left before one more segment is needed." }),
    segments: Type13.Array(Type13.Object({ text: Type13.String(), units: Type13.Integer({ minimum: 0 }) }, { additionalProperties: false })),
    forcedBy: Type13.Array(Type13.String(), { description: "The characters that the GSM 7-bit alphabet lacks, each once." }),
    suggestions: Type13.Array(Type13.Object({ character: Type13.String(), replacement: Type13.String() }, { additionalProperties: false }), {
      description: "What to write instead to stay in the GSM 7-bit alphabet."
    }),
    text: Type13.String({ description: "The text as it would be sent." })
  },
  {
    $id: "Preview",
    additionalProperties: false,
    description: "How a text would be cut, and why.",
    examples: [
      {
        encoding: "ucs2",
        units: 35,
        segmentCount: 1,
        unitsPerSegment: 70,
        room: 35,
        segments: [{ text: "Your visit: 24.11, 14:30 \u2013 see you!", units: 35 }],
        forcedBy: ["\u2013"],
        suggestions: [{ character: "\u2013", replacement: "-" }],
        text: "Your visit: 24.11, 14:30 \u2013 see you!"
      }
    ]
  }
);

// src/http/openapi.ts
var shared = [
  SendMessage,
  BatchItem,
  Message,
  MessageSummary,
  BatchResult,
  Inbound,
  Sim,
  Modem,
  PreviewRequest,
  Preview,
  Happening,
  StreamedEvent,
  Problem
];
var component = (name) => ({ $ref: `#/components/schemas/${name}` });
async function describeApi(app2, version, batchMessages) {
  for (const schema of [...shared, sendBatch(batchMessages)]) app2.addSchema(schema);
  await app2.register(swagger, {
    convertConstToEnum: false,
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => typeof json.$id === "string" ? json.$id : `def-${i}` },
    transform: ({ schema, url, route }) => ({
      url,
      schema: {
        ...schema,
        // A body that has a name of its own is shown by that name.
        ...named(schema.body) ? { body: { $ref: `${schema.body.$id}#` } } : {},
        ...route.config?.headers ? { headers: route.config.headers } : {}
      }
    }),
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Simpost",
        version,
        description: "A self-hosted SMS gateway. Times are RFC 3339, durations whole seconds, what is not known is null. Fields that are not listed are refused. Every refusal is a problem as in RFC 9457.",
        license: { name: "MIT", identifier: "MIT" }
      },
      tags: [
        { name: "messages", description: "Texts to clients." },
        { name: "inbound", description: "Texts from clients." },
        { name: "events", description: "What happens, as it happens." },
        { name: "hardware", description: "SIMs and modems." },
        { name: "health", description: "For whoever watches the box; no key needed." }
      ],
      components: {
        securitySchemes: {
          apiKey: {
            type: "http",
            scheme: "bearer",
            description: "A key made by `simpost keys create`, in the header `Authorization: Bearer KEY`. Its scopes are named with each call."
          }
        }
      },
      webhooks: {
        event: {
          post: {
            operationId: "webhook",
            tags: ["events"],
            summary: "What configured webhooks receive",
            description: "Signed as in Standard Webhooks: `webhook-signature` is `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body` under the secret of the endpoint. `webhook-id` is the same at every retry. Anything but 2xx within 10 seconds is retried for two days; 410 ends it.",
            security: [],
            parameters: ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => ({
              name,
              in: "header",
              required: true,
              schema: { type: "string" }
            })),
            requestBody: { required: true, content: { "application/json": { schema: component("Event") } } },
            responses: { "2XX": { description: "Received." } }
          }
        }
      }
    }
  });
}
var named = (body2) => typeof body2 === "object" && body2 !== null && "$id" in body2 && typeof body2.$id === "string";
function openApiRoute(app2) {
  let document;
  app2.get(
    "/openapi.json",
    {
      schema: {
        operationId: "openApi",
        tags: ["health"],
        summary: "This document",
        security: [],
        response: answers({ 200: { description: "OpenAPI 3.1.", schema: Type14.Object({}) } }, [], false)
      }
    },
    (_request, reply) => {
      document ??= JSON.stringify(app2.swagger());
      return reply.header("content-type", JSON_TYPE).send(document);
    }
  );
}

// src/http/preview.ts
var LONGEST3 = 255 * 153;
function previewRoutes(app2, keys) {
  app2.post(
    "/v1/segments/preview",
    {
      onRequest: keys.needs("send", "read"),
      schema: {
        operationId: "previewSegments",
        tags: ["messages"],
        summary: "See how a text would be cut",
        description: "Alphabet, segments, the room left, the characters that make it UCS2, and what would avoid them. Nothing is stored.",
        security: keyWith("send", "read"),
        body: PreviewRequest,
        response: answers({ 200: { description: "The plan.", schema: Shared("Preview") } }, [...BODY_FAULTS, "textInvalid", "textTooLong"])
      }
    },
    (request) => Promise.resolve(preview(request.body.text, request.body.transliterate ?? false))
  );
}
function preview(text, transliterate2) {
  if (text.length > LONGEST3) {
    const why = `has ${text.length} characters, and no message can have more than ${LONGEST3}`;
    throw new Fault("textTooLong", `The text ${why}.`, [{ pointer: "/text", detail: why }]);
  }
  checkText(text);
  const plan = planText(text, { transliterate: transliterate2 });
  return {
    encoding: plan.alphabet,
    units: plan.units,
    segmentCount: plan.segments.length,
    unitsPerSegment: plan.unitsPerSegment,
    room: plan.room,
    segments: plan.segments.map((segment) => ({ text: segment.text, units: segment.units })),
    forcedBy: [...plan.offenders],
    suggestions: plan.alphabet === "ucs2" ? suggestions(plan.text) : [],
    text: plan.text
  };
}
var suggestions = (text) => alternatives(text).flatMap(({ character, replacement }) => replacement === null ? [] : [{ character, replacement }]);

// src/http/api.ts
var HEADERS_TIMEOUT = 1e4;
var REQUEST_TIMEOUT = 3e4;
var SILENCE = 6e4;
var HEADERS_MAX = 16384;
var GRACE = 1e4;
async function buildApi(parts) {
  const app2 = Fastify({
    logger: false,
    bodyLimit: parts.limits.bodyBytes,
    connectionTimeout: SILENCE,
    requestTimeout: REQUEST_TIMEOUT,
    http: { headersTimeout: HEADERS_TIMEOUT, maxHeaderSize: HEADERS_MAX, connectionsCheckingInterval: 5e3 },
    // A request that came in on an open connection while closing is answered as always, and the connection closed.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 100 },
    frameworkErrors: (error, _request, reply) => {
      sendFault(reply, faultOf(error, void 0) ?? new Fault("requestInvalid", "The address cannot be read."));
    },
    clientErrorHandler: answerBrokenRequest
  }).withTypeProvider();
  app2.decorateRequest("keyId", "").decorateRequest("keyHash", "").decorateRequest("bodyHash", "");
  app2.setValidatorCompiler(validatorCompiler);
  app2.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app2.setErrorHandler(errorHandler(parts));
  app2.removeAllContentTypeParsers();
  app2.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    (request, body2, done) => done(null, parseJson(rawBody(request, body2)))
  );
  app2.addHook("onRequest", (_request, reply, done) => {
    reply.header("cache-control", "no-store").header("x-content-type-options", "nosniff");
    done();
  });
  let patience;
  app2.addHook("preClose", (done) => {
    patience = parts.clock.setTimer(GRACE, () => app2.server.closeAllConnections());
    done();
  });
  app2.addHook("onClose", (_instance, done) => {
    patience?.cancel();
    done();
  });
  answerTheRest(app2);
  await describeApi(app2, parts.version, parts.limits.batchMessages);
  const keys = new Keys(parts.store, parts.clock);
  const idempotency = new IdempotencyKeys(parts.store);
  messageRoutes(app2, parts, keys, idempotency);
  await batchRoutes(app2, parts, keys, idempotency);
  inboundRoutes(app2, parts, keys);
  previewRoutes(app2, keys);
  eventRoutes(app2, parts, keys);
  hardwareRoutes(app2, parts, keys);
  healthRoutes(app2, parts);
  openApiRoute(app2);
  faultsPage(app2);
  await app2.ready();
  return app2;
}
function answerBrokenRequest(error, socket) {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const fault = brokenRequest(error.code);
  const body2 = JSON.stringify(problemOf(fault));
  socket.end(
    [
      `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status] ?? ""}`,
      "Connection: close",
      `Content-Type: ${PROBLEM_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body2)}`,
      "",
      body2
    ].join("\r\n")
  );
}
function brokenRequest(code) {
  if (code === "HPE_HEADER_OVERFLOW") {
    return new Fault("headersTooLarge", `The request line and headers may have ${HEADERS_MAX} octets together; send less.`);
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new Fault(
      "requestTimeout",
      `Headers must be here within ${HEADERS_TIMEOUT / 1e3} s and the whole request within ${REQUEST_TIMEOUT / 1e3} s.`
    );
  }
  return new Fault("requestInvalid", "This is not an HTTP/1.1 request.");
}

// src/http/parts.ts
var DEFAULT_LIMITS = { bodyBytes: 2 ** 20, batchBytes: 8 * 2 ** 20, batchMessages: 1e3 };

// src/store/sqlite-store.ts
import { join as join3 } from "node:path";

// src/store/message-row.ts
var MESSAGE_ROW_COLUMNS = `seq, id, recipient, rank, status, reason, alphabet, flash, possible_duplicate AS possibleDuplicate,
  segment_count AS segmentCount, sim_requested AS simRequested, sim, begun, ready, lane, left, due_at AS dueAt, avoid_sim AS avoidSim,
  avoid_until AS avoidUntil, ref, ref_bits AS refBits, accepted_at AS acceptedAt, expires_at AS expiresAt`;
var MOST_TRIES = 2 ** 12 - 1;
var TRIES = 2 ** 12;
var ATTEMPTS = 2 ** 20;
function attemptId(messageSeq, n, tries) {
  return messageSeq * ATTEMPTS + n * TRIES + tries;
}
function attemptPlace(id) {
  const rest = id % ATTEMPTS;
  return { messageSeq: Math.floor(id / ATTEMPTS), n: Math.floor(rest / TRIES), tries: rest % TRIES };
}
function shownSim(row) {
  const open = row.status === "held" || row.status === "queued" || row.status === "expired" || row.status === "cancelled";
  return open && row.begun === 0 ? row.simRequested : row.sim ?? row.simRequested;
}
function laneOf(row) {
  return (row.begun === 1 ? row.sim : row.simRequested) ?? "";
}
var laneWithout = (iccid) => `!${iccid}`;

// src/store/attempts.ts
var ATTEMPT_COLUMNS = "id, iccid, outcome, mr, mr_known AS mrKnown, report";
var Attempts = class {
  #sql;
  constructor(writer) {
    this.#sql = {
      load: writer.prepare(`SELECT ${ATTEMPT_COLUMNS} FROM attempts WHERE id = ?`),
      pending: writer.prepare(
        // A message is `sending` while it has a pending attempt, so that pending ones need no index of their own.
        `SELECT a.id, a.iccid, a.outcome, a.mr, a.mr_known AS mrKnown, a.report FROM messages m
         JOIN attempts a ON a.id > m.seq * 1048576 AND a.id < (m.seq + 1) * 1048576
         WHERE m.status = 'sending' AND a.outcome = 'pending'`
      ),
      tries: writer.prepare("SELECT max(id) FROM attempts WHERE id > ? AND id < ?").pluck(),
      add: writer.prepare(
        "INSERT INTO attempts (id, iccid, imei, at, mr, outcome) VALUES (?, ?, ?, ?, ?, 'pending')"
      ),
      end: writer.prepare(
        "UPDATE attempts SET outcome = ?, cause = coalesce(?, cause), decide_at = ?, settled_at = ? WHERE id = ?"
      ),
      confirm: writer.prepare(
        // The cause of an earlier doubt is kept: it says how the attempt came to be uncertain.
        "UPDATE attempts SET outcome = 'sent', decide_at = NULL, settled_at = ? WHERE id = ?"
      ),
      setMr: writer.prepare("UPDATE attempts SET mr = ?, mr_known = 1 WHERE id = ?"),
      keepMr: writer.prepare("UPDATE attempts SET mr_known = 1 WHERE id = ?"),
      setReport: writer.prepare("UPDATE attempts SET report = ? WHERE id = ?")
    };
  }
  load(id) {
    return this.#sql.load.get(id);
  }
  /** Attempts without an outcome. */
  pending() {
    return this.#sql.pending.all();
  }
  /** How often this segment was tried. */
  tries(messageSeq, n) {
    const first = attemptId(messageSeq, n, 0);
    return Math.max((this.#sql.tries.get(first, attemptId(messageSeq, n + 1, 0)) ?? first) - first, 0);
  }
  add(attempt) {
    this.#sql.add.run(attempt.id, attempt.iccid, attempt.imei, attempt.at, attempt.predictedMr);
  }
  end(id, outcome2, cause, decideAt, at) {
    this.#sql.end.run(outcome2, cause, decideAt, at, id);
  }
  /** The network has it, as an answer, a report or a decision says. */
  confirm(id, at) {
    this.#sql.confirm.run(at, id);
  }
  /** The TP-MR that it really had. */
  knowMr(attempt, mr) {
    if (attempt.mr === mr) this.#sql.keepMr.run(attempt.id);
    else this.#sql.setMr.run(mr, attempt.id);
  }
  setReport(id, report) {
    this.#sql.setReport.run(report, id);
  }
};

// src/store/policy-record.ts
var UNKNOWN = { decision: "send", until: null, rules: [] };
var isRecord = (value) => typeof value === "object" && value !== null && "decision" in value && "rules" in value && Array.isArray(value.rules);
function writePolicy(policy) {
  return JSON.stringify(policy);
}
function readPolicy(text) {
  try {
    const value = JSON.parse(text);
    return isRecord(value) ? value : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

// src/store/claims.ts
var before = (a, b) => a.rank !== b.rank ? a.rank < b.rank : a.begun !== b.begun ? a.begun > b.begun : a.seq < b.seq;
var Claims = class {
  #ledger;
  #attempts;
  #refs;
  #sql;
  constructor(writer, parts) {
    this.#ledger = parts.ledger;
    this.#attempts = parts.attempts;
    this.#refs = parts.refs;
    this.#sql = {
      head: writer.prepare(
        `SELECT seq, rank, begun FROM messages INDEXED BY messages_ready WHERE ready = 1 AND lane = ? ORDER BY rank, begun DESC, seq LIMIT 1`
      ),
      nextShunning: writer.prepare(
        `SELECT lane FROM messages INDEXED BY messages_ready WHERE ready = 1 AND lane > ? AND lane < '"' ORDER BY lane LIMIT 1`
      ).pluck(),
      chars: writer.prepare("SELECT chars FROM segments WHERE message_seq = ? ORDER BY n").pluck(),
      texts: writer.prepare(
        "SELECT coalesce(sent_text, text) AS text, policy FROM message_texts WHERE message_seq = ?"
      ),
      setSim: writer.prepare("UPDATE messages SET sim = ? WHERE seq = ?")
    };
  }
  /** The next segment for this SIM, marked as under way; what is past its time is expired on the way. */
  *claim(tx, request) {
    for (; ; ) {
      const seq = this.#next(request.iccid);
      const row = seq === void 0 ? void 0 : this.#ledger.load(seq);
      if (!row) return void 0;
      if (row.expiresAt <= request.now) {
        expire(tx, this.#ledger, row, request.now);
      } else {
        const n = this.#ledger.states(row).indexOf("queued") + 1;
        const tries = this.#attempts.tries(row.seq, n);
        if (tries < MOST_TRIES) return this.#take(tx, row, n, tries, request);
        this.#ledger.giveUp(tx, row, "failed", "tooManyTries", request.now);
      }
      yield;
    }
  }
  #next(iccid) {
    let best = this.#sql.head.get(iccid);
    const consider = (lane) => {
      const head = this.#sql.head.get(lane);
      if (head && (!best || before(head, best))) best = head;
    };
    consider("");
    for (let lane = this.#sql.nextShunning.get("!"); lane !== void 0; lane = this.#sql.nextShunning.get(lane)) {
      if (lane !== laneWithout(iccid)) consider(lane);
    }
    return best?.seq;
  }
  #take(tx, row, n, tries, { iccid, imei, predictedMr, now }) {
    const texts = this.#sql.texts.get(row.seq) ?? { text: "", policy: "" };
    const begun = row.begun === 1;
    const concat = row.segmentCount > 1 ? this.#refs.use(row, iccid, now) : null;
    if (row.sim !== iccid) {
      row.sim = iccid;
      this.#sql.setSim.run(iccid, row.seq);
    }
    const id = attemptId(row.seq, n, tries + 1);
    this.#attempts.add({ id, iccid, imei, at: now, predictedMr });
    this.#ledger.followAttempt(tx, row, n, { decision: { rest: "going", reason: null }, place: null, at: now });
    return {
      attemptId: id,
      messageId: row.id,
      to: row.recipient,
      purpose: PURPOSES[row.rank] ?? "promotional",
      alphabet: row.alphabet,
      flash: row.flash === 1,
      expiresAt: row.expiresAt,
      acceptedAt: row.acceptedAt,
      possibleDuplicate: row.possibleDuplicate === 1,
      policy: readPolicy(texts.policy),
      n,
      total: row.segmentCount,
      text: row.segmentCount === 1 ? texts.text : this.#segmentText(row.seq, n, texts.text),
      tries,
      begun,
      concat
    };
  }
  #segmentText(seq, n, whole) {
    const chars = this.#sql.chars.all(seq);
    const start = chars.slice(0, n - 1).reduce((sum, c) => sum + c, 0);
    return whole.slice(start, start + (chars[n - 1] ?? 0));
  }
};
function expire(tx, ledger, row, now) {
  ledger.giveUp(tx, row, "expired", row.begun === 1 ? "unconfirmed" : "timeToLive", now);
}

// src/store/database.ts
import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
var STORE_FILE = "simpost.db";
var PAGE_SIZE = 2048;
var CACHE_KB = 16e3;
var WRITER_WAIT_MS = 15;
function prepareFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 448 });
  const file = join(folder, STORE_FILE);
  if (!existsSync(file)) closeSync(openSync(file, "a", 384));
}
function connect(file) {
  const db = new Database(file, { timeout: 5e3 });
  db.pragma("trusted_schema = OFF");
  db.pragma("foreign_keys = ON");
  db.pragma(`cache_size = -${CACHE_KB}`);
  return db;
}
function makeDurable(db, synchronous = "FULL") {
  db.pragma(`page_size = ${PAGE_SIZE}`);
  const journal = db.pragma("journal_mode = WAL", { simple: true });
  db.pragma(`synchronous = ${synchronous}`);
  db.pragma("secure_delete = ON");
  db.pragma("journal_size_limit = 16777216");
  db.pragma("wal_autocheckpoint = 0");
  const level = db.pragma("synchronous", { simple: true });
  if (journal !== "wal" || level !== (synchronous === "FULL" ? 2 : 1)) {
    throw new Fault("internal", `The store cannot be made durable: journal mode ${String(journal)}, synchronous ${String(level)}.`);
  }
}
function shortWaits(db) {
  db.pragma(`busy_timeout = ${WRITER_WAIT_MS}`);
}
function connectReader(file) {
  const db = new Database(file, { readonly: true, timeout: 5e3 });
  db.pragma("trusted_schema = OFF");
  db.pragma("query_only = ON");
  db.pragma(`cache_size = -${CACHE_KB}`);
  return db;
}
function sqliteCode(error) {
  return error instanceof Database.SqliteError ? error.code : void 0;
}
function isFull(error) {
  const code = sqliteCode(error);
  return code === "SQLITE_FULL" || code === "SQLITE_IOERR_SHMSIZE";
}
function isDiskFailure(error) {
  return !isFull(error) && (sqliteCode(error)?.startsWith("SQLITE_IOERR") ?? false);
}
function isBusy(error) {
  return sqliteCode(error)?.startsWith("SQLITE_BUSY") ?? false;
}

// src/store/committer.ts
var SLICE_MS = 8;
var MOST_TOGETHER = 500;
var BUSY_RETRY_MS = 10;
var BUSY_LIMIT_MS = 5e3;
var CHECKPOINT_EVERY = 50;
var CHECKPOINT_PAGES = 1e3;
var Committer = class {
  #db;
  #clock;
  #onCommit;
  #onFatal;
  #statements;
  #queue = [];
  #finished = [];
  #current;
  #open = false;
  #scheduled = false;
  #stepsDone = 0;
  #checkpointDue = false;
  #busySince;
  #ended;
  #idle;
  constructor(parts) {
    this.#db = parts.db;
    this.#clock = parts.clock;
    this.#onCommit = parts.onCommit;
    this.#onFatal = parts.onFatal;
    const sql = (text) => parts.db.prepare(text);
    this.#statements = {
      begin: sql("BEGIN IMMEDIATE"),
      commit: sql("COMMIT"),
      savepoint: sql("SAVEPOINT piece"),
      release: sql("RELEASE piece"),
      undo: sql("ROLLBACK TO piece"),
      walSize: parts.db.prepare("PRAGMA wal_checkpoint(NOOP)"),
      checkpoint: sql("PRAGMA wal_checkpoint(PASSIVE)")
    };
  }
  /** Runs `work` in the next transaction; resolves with its result after the commit. */
  write(work) {
    return this.#add((tx, finish) => () => {
      finish(work(tx));
      return true;
    });
  }
  /** The same for work in steps. */
  writeInSteps(work) {
    return this.#add((tx, finish) => {
      let steps;
      return () => {
        steps ??= work(tx);
        const next = steps.next();
        if (next.done) finish(next.value);
        return next.done ?? false;
      };
    });
  }
  /** Refuses new work and resolves when what was queued is done. */
  async close() {
    this.#ended ??= new Fault("closed", "The store was closed.");
    if (this.#queue.length > 0 || this.#open) {
      this.#idle ??= deferred();
      await this.#idle.promise;
    }
  }
  #add(prepare) {
    if (this.#ended) return Promise.reject(this.#ended);
    const tx = { ready: 0, waiting: 0, events: 0 };
    return new Promise((resolve, reject) => {
      const result = {};
      const step = prepare(tx, (value) => {
        result.value = value;
      });
      const done = () => {
        if ("value" in result) resolve(result.value);
      };
      this.#queue.push({ tx, step, resolve: done, reject });
      this.#schedule();
    });
  }
  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => __m('turn',()=>this.#turn()));
  }
  #turn() {
    this.#scheduled = false;
    if (this.#checkpointDue && !this.#open) {
      this.#checkpointDue = false;
      __m('checkpoint',()=>this.#checkpoint());
      if (this.#queue.length > 0) this.#schedule();
      else this.#rest();
      return;
    }
    const began = this.#clock.monotonic();
    const late = () => this.#clock.monotonic() - began > SLICE_MS;
    if (!this.#open && (this.#queue.length === 0 || !this.#begin())) {
      this.#rest();
      return;
    }
    while (this.#open) {
      const job = this.#current ?? this.#queue.shift();
      if (!job) break;
      if (!this.#advance(job, late)) {
        this.#schedule();
        return;
      }
      if (late() || this.#finished.length >= MOST_TOGETHER) break;
    }
    const told = this.#open ? __m('commit',()=>this.#commit()) : void 0;
    if (this.#queue.length > 0 || this.#checkpointDue) this.#schedule();
    else this.#rest();
    if (told) this.#onCommit(told);
  }
  #rest() {
    if (this.#queue.length === 0 && !this.#open) this.#idle?.resolve();
  }
  /** False when there is nothing to go on with in this turn. */
  #begin() {
    try {
      this.#statements.begin.run();
      this.#open = true;
      this.#busySince = void 0;
      return true;
    } catch (error) {
      const now = this.#clock.monotonic();
      this.#busySince ??= now;
      if (isBusy(error) && now - this.#busySince < BUSY_LIMIT_MS) {
        this.#scheduled = true;
        this.#clock.setTimer(BUSY_RETRY_MS, () => this.#turn());
        return false;
      }
      this.#busySince = void 0;
      this.#failAll([...this.#queue.splice(0)], error);
      return false;
    }
  }
  /** Runs one job on; false when it wants another turn. A job that throws is undone and rejected here. */
  #advance(job, late) {
    try {
      if (this.#current !== job) {
        this.#statements.savepoint.run();
        this.#current = job;
      }
      this.#stepsDone += 1;
      while (!job.step()) {
        this.#stepsDone += 1;
        if (late()) return false;
      }
      this.#statements.release.run();
      this.#current = void 0;
      this.#finished.push(job);
    } catch (error) {
      this.#current = void 0;
      if (!isDiskFailure(error) && this.#undo()) job.reject(reasonOf(error));
      else this.#abandon(error, [job]);
    }
    return true;
  }
  /** Undoes the piece at hand; false when the whole transaction is lost, as SQLite may decide when the disk is full. */
  #undo() {
    if (!this.#db.inTransaction) return false;
    try {
      this.#statements.undo.run();
      this.#statements.release.run();
      return true;
    } catch {
      return false;
    }
  }
  #commit() {
    try {
      this.#statements.commit.run();
    } catch (error) {
      this.#abandon(error, []);
      return void 0;
    }
    this.#open = false;
    const told = { ready: 0, waiting: 0, events: 0 };
    for (const { tx, resolve } of this.#finished) {
      told.ready += tx.ready;
      told.waiting += tx.waiting;
      told.events += tx.events;
      resolve();
    }
    this.#finished = [];
    if (this.#stepsDone >= CHECKPOINT_EVERY) {
      this.#stepsDone = 0;
      this.#checkpointDue = true;
    }
    return told;
  }
  /** The transaction is lost, and with it every job that was in it. */
  #abandon(error, more2) {
    try {
      if (this.#db.inTransaction) this.#db.exec("ROLLBACK");
    } catch {
    }
    this.#open = false;
    const lost = [...this.#finished, ...more2];
    this.#finished = [];
    this.#failAll(lost, error);
  }
  #failAll(jobs, error) {
    const reason = reasonOf(error);
    const fatal = isDiskFailure(error) && this.#ended === void 0;
    if (fatal) this.#ended = reason;
    for (const job of jobs) job.reject(reason);
    if (!fatal) return;
    for (const job of this.#queue.splice(0)) job.reject(reason);
    this.#onFatal(reason);
  }
  #checkpoint() {
    try {
      if ((this.#statements.walSize.get()?.log ?? 0) >= CHECKPOINT_PAGES) this.#statements.checkpoint.get();
    } catch (error) {
      if (isDiskFailure(error)) this.#failAll([], error);
    }
  }
};
function reasonOf(error) {
  if (isFull(error)) {
    return new Fault(
      "storeFull",
      "The disk that holds the data folder is full, so nothing of this was kept; free some space and try again.",
      [],
      {
        cause: error
      }
    );
  }
  if (isBusy(error)) {
    return new Fault("unavailable", "Another process has held the store for seconds, so nothing of this was kept; try again.", [], {
      cause: error
    });
  }
  if (isDiskFailure(error)) {
    return new Fault(
      "unavailable",
      "The disk that holds the data folder fails, so nothing of this was kept; Simpost stops, check the disk.",
      [],
      {
        cause: error
      }
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}

// src/store/concat-refs.ts
var DAY_MS = 864e5;
var SIXTEEN_BITS = 65536;
function chooseRef(used, random) {
  const free = (bits, from, to) => {
    const taken = new Set(used.filter((u) => u.bits === bits).map(({ ref }) => ref));
    const count = to - from + 1;
    const start = Math.floor(random.float() * count);
    for (let i = 0; i < count; i += 1) {
      const ref = from + (start + i) % count;
      if (!taken.has(ref)) return ref;
    }
    return void 0;
  };
  const eight = free(8, 1, 255);
  if (eight !== void 0) return { ref: eight, bits: 8 };
  return { ref: free(16, 256, SIXTEEN_BITS - 1) ?? 256, bits: 16 };
}
var ConcatRefs = class {
  #random;
  #sql;
  constructor(writer, random) {
    this.#random = random;
    this.#sql = {
      used: writer.prepare(
        "SELECT ref, ref_bits AS bits FROM messages INDEXED BY messages_ref WHERE recipient = ? AND sim = ? AND ref_at > ?"
      ),
      save: writer.prepare(
        "UPDATE messages SET sim = ?, ref = ?, ref_bits = ?, ref_at = ? WHERE seq = ?"
      )
    };
  }
  /** The reference of this message through this SIM: the one that it has, or a new one when it changes SIM or has none. */
  use(row, iccid, now) {
    const kept = row.sim === iccid && row.ref !== null && row.refBits !== null ? { ref: row.ref, bits: row.refBits } : void 0;
    const ref = kept ?? chooseRef(this.#sql.used.all(row.recipient, iccid, now - DAY_MS), this.#random);
    row.sim = iccid;
    row.ref = ref.ref;
    row.refBits = ref.bits;
    this.#sql.save.run(iccid, ref.ref, ref.bits, now, row.seq);
    return ref;
  }
};

// src/store/event-log.ts
var EventLog = class {
  #random;
  #outbox;
  #message;
  #inbound;
  constructor(writer, random, outbox) {
    this.#random = random;
    this.#outbox = outbox;
    this.#message = writer.prepare(
      "INSERT INTO events (id, at, message_seq, status, reason, sim, possible_duplicate) VALUES (?, ?, ?, ?, ?, ?, ?)"
    );
    this.#inbound = writer.prepare(
      "INSERT INTO events (id, at, inbound_seq, revision, upto) VALUES (?, ?, ?, ?, ?)"
    );
  }
  message(tx, change) {
    const { lastInsertRowid } = this.#message.run(
      newId("evt", this.#random),
      change.at,
      change.messageSeq,
      change.status,
      change.reason,
      change.sim,
      change.possibleDuplicate ? 1 : 0
    );
    this.#outbox.add(`message.${change.status}`, Number(lastInsertRowid), change.at);
    tx.events += 1;
  }
  inbound(tx, change) {
    const { lastInsertRowid } = this.#inbound.run(newId("evt", this.#random), change.at, change.inboundSeq, change.revision, change.upto);
    this.#outbox.add("inbound.received", Number(lastInsertRowid), change.at);
    tx.events += 1;
  }
};

// src/store/event-views.ts
var EVENT = `SELECT e.seq, e.id AS eventId, e.at, e.status, e.reason, e.sim, e.possible_duplicate AS possibleDuplicate,
  e.inbound_seq AS inboundSeq, e.revision, e.upto, m.id, m.key_id AS keyId, m.recipient, m.rank, m.alphabet, m.flash, m.transliterated,
  m.segment_count AS segmentCount, m.send_at AS sendAt, m.accepted_at AS acceptedAt, m.expires_at AS expiresAt, t.text, t.reference
  FROM events e LEFT JOIN messages m ON m.seq = e.message_seq LEFT JOIN message_texts t ON t.message_seq = e.message_seq`;
var EventViews = class {
  #inbound;
  #outbox;
  #inOneView;
  #sql;
  constructor(reader, parts) {
    this.#inbound = parts.inbound;
    this.#outbox = parts.outbox;
    this.#inOneView = (read) => reader.transaction(read)();
    this.#sql = {
      after: reader.prepare(`${EVENT} WHERE e.seq > ? ORDER BY e.seq LIMIT ?`),
      one: reader.prepare(`${EVENT} WHERE e.seq = ?`),
      last: reader.prepare("SELECT max(seq) FROM events").pluck()
    };
  }
  after(seq, limit) {
    return this.#inOneView(() => this.#sql.after.all(seq, limit).map((row) => this.#event(row)));
  }
  last() {
    return this.#sql.last.get() ?? 0;
  }
  /** Deliveries of an endpoint that are due, with their events. */
  dueDeliveries(endpoint, now, limit) {
    return this.#inOneView(() => {
      const deliveries = [];
      for (const { id, tries, createdAt, eventSeq } of this.#outbox.due(endpoint, now, limit)) {
        const row = this.#sql.one.get(eventSeq);
        if (row) deliveries.push({ id, tries, createdAt, event: this.#event(row) });
      }
      return deliveries;
    });
  }
  #event(row) {
    const { seq, eventId: id, at, reason } = row;
    if (row.inboundSeq !== null) {
      const inbound = this.#inbound.asOf(row.inboundSeq, row.revision ?? 1, row.upto ?? 0) ?? null;
      return { seq, id, type: "inbound.received", at, reason, message: null, inbound };
    }
    const status = row.status ?? "accepted";
    return { seq, id, type: `message.${status}`, at, reason, message: messageOf(row, status), inbound: null };
  }
};
function messageOf(row, status) {
  if (row.id === null) return null;
  return {
    id: row.id,
    keyId: row.keyId,
    to: row.recipient,
    text: row.text,
    purpose: PURPOSES[row.rank] ?? "promotional",
    status,
    reason: row.reason,
    alphabet: row.alphabet,
    possibleDuplicate: row.possibleDuplicate === 1,
    flash: row.flash === 1,
    transliterated: row.transliterated === 1,
    reference: row.reference,
    sim: row.sim,
    sendAt: row.sendAt,
    acceptedAt: row.acceptedAt,
    expiresAt: row.expiresAt,
    updatedAt: row.at,
    segmentCount: row.segmentCount
  };
}

// src/store/hours.ts
var HOUR_MS = 36e5;
var Hours = class {
  #note;
  #bound;
  constructor(writer, reader) {
    this.#note = writer.prepare("INSERT OR IGNORE INTO hours (list, hour, first_seq) VALUES (?, ?, ?)");
    this.#bound = reader.prepare("SELECT min(first_seq) FROM hours WHERE list = ? AND hour >= ?").pluck();
  }
  /** Tells that a row `seq` of that time was added. */
  note(list, at, seq) {
    this.#note.run(list, Math.floor(at / HOUR_MS), seq);
  }
  /** No row of that time or later has a smaller seq; undefined when there is none at all. */
  firstSince(list, since) {
    return this.#bound.get(list, Math.floor(since / HOUR_MS)) ?? void 0;
  }
};

// src/store/idempotency.ts
var KEPT_MS = 72 * 36e5;
var COLUMNS = "body_hash AS bodyHash, status, response, location, at";
var IdempotencyRecords = class {
  #sql;
  constructor(writer, reader) {
    const find = (db) => db.prepare(`SELECT ${COLUMNS} FROM idempotency WHERE key_id = ? AND idempotency_key = ?`);
    this.#sql = {
      find: find(writer),
      recall: find(reader),
      add: writer.prepare(
        "INSERT INTO idempotency (key_id, idempotency_key, body_hash, status, response, location, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
      ),
      oldest: writer.prepare("SELECT id, at FROM idempotency ORDER BY id LIMIT ?"),
      remove: writer.prepare("DELETE FROM idempotency WHERE id = ?")
    };
  }
  /** Inside a transaction: sees what stands before it in the same one. */
  find(keyId, idempotencyKey) {
    return this.#sql.find.get(keyId, idempotencyKey);
  }
  recall(keyId, idempotencyKey) {
    return this.#sql.recall.get(keyId, idempotencyKey);
  }
  add({ keyId, idempotencyKey, bodyHash, status, response, location, at }) {
    this.#sql.add.run(keyId, idempotencyKey, bodyHash, status, response, location, at);
  }
  *purge(now) {
    for (; ; ) {
      const rows = this.#sql.oldest.all(100);
      for (const { id, at } of rows) {
        if (at > now - KEPT_MS) return;
        this.#sql.remove.run(id);
      }
      if (rows.length < 100) return;
      yield;
    }
  }
};

// src/store/inbound.ts
import { createHash as createHash2 } from "node:crypto";
var STEP = 25;
function pduHash(pdu) {
  return createHash2("sha256").update(pdu).digest().readUIntBE(0, 6);
}
var Inbound2 = class {
  #events;
  #hours;
  #sims;
  #sql;
  constructor(writer, parts) {
    this.#events = parts.events;
    this.#hours = parts.hours;
    this.#sims = parts.sims;
    this.#sql = {
      add: writer.prepare(
        `INSERT INTO inbound (id, iccid, sender, text, complete, visible, revision, received_at, smsc_time, answers, ref, ref_bits, total, problem)
         VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)`
      ),
      addReceived: writer.prepare(
        `INSERT INTO received (inbound_seq, n, duplicate, iccid, imei, sender, text, alphabet, smsc_at, received_at, pdu, pdu_hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
      ),
      find: writer.prepare("SELECT seq, visible, complete, revision FROM inbound WHERE id = ?"),
      change: writer.prepare(
        "UPDATE inbound SET text = ?, complete = ?, visible = 1, revision = ?, answers = coalesce(answers, ?) WHERE seq = ?"
      ),
      hidden: writer.prepare(
        "SELECT seq FROM inbound INDEXED BY inbound_hidden WHERE visible = 0 AND received_at <= ? ORDER BY received_at LIMIT ?"
      ),
      show: writer.prepare("UPDATE inbound SET visible = 1 WHERE seq = ?"),
      lastReceived: writer.prepare("SELECT max(id) FROM received").pluck()
    };
  }
  /** @throws Fault `notFound` when the message to join is not there */
  receive(tx, received) {
    const { placement, receivedAt: at } = received;
    switch (placement.kind) {
      case "single":
      case "unreadable": {
        const seq = this.#alone(received, placement);
        const upto = this.#keep(received, seq, 1, false);
        this.#events.inbound(tx, { inboundSeq: seq, revision: 1, upto, at });
        return received.inboundId;
      }
      case "begin": {
        const seq = this.#begin(received, placement.key);
        this.#keep(received, seq, placement.n, false);
        return received.inboundId;
      }
      case "join":
        this.#join(tx, received, placement.inboundId, placement.n, placement.text);
        return placement.inboundId;
      case "duplicate": {
        const row = placement.inboundId === null ? void 0 : this.#sql.find.get(placement.inboundId);
        this.#keep(received, row?.seq ?? null, 0, true);
        return placement.inboundId ?? void 0;
      }
    }
  }
  /** Shows what has been hidden since `before` or longer, incomplete as it is. */
  *surface(tx, before2, now) {
    let shown = 0;
    for (; ; ) {
      const hidden2 = this.#sql.hidden.all(before2, STEP);
      const upto = this.#sql.lastReceived.get() ?? 0;
      for (const { seq } of hidden2) {
        this.#sql.show.run(seq);
        this.#events.inbound(tx, { inboundSeq: seq, revision: 1, upto, at: now });
      }
      shown += hidden2.length;
      if (hidden2.length < STEP) return shown;
      yield;
    }
  }
  #alone(received, placement) {
    const readable = placement.kind === "single";
    const problem = readable ? null : placement.problem;
    const text = readable ? received.text : null;
    return this.#add(received, { text, complete: readable, visible: true, key: null, problem });
  }
  #begin(received, key) {
    return this.#add(received, { text: null, complete: false, visible: false, key, problem: null });
  }
  #add(received, row) {
    const { inboundId, iccid, from, receivedAt, smscTime, answers: answers2 } = received;
    const { lastInsertRowid } = this.#sql.add.run(
      inboundId,
      iccid,
      from,
      row.text,
      row.complete ? 1 : 0,
      row.visible ? 1 : 0,
      receivedAt,
      smscTime,
      answers2,
      row.key?.ref ?? null,
      row.key?.bits ?? null,
      row.key?.total ?? 1,
      row.problem
    );
    const seq = Number(lastInsertRowid);
    this.#hours.note("inbound", receivedAt, seq);
    return seq;
  }
  #join(tx, received, inboundId, n, text) {
    const row = this.#sql.find.get(inboundId);
    if (!row) throw new Fault("notFound", `There is no inbound message ${inboundId} for this segment to join.`);
    const upto = this.#keep(received, row.seq, n, false);
    if (row.complete === 1 || text === null && row.visible === 0) return;
    const revision = row.visible === 1 ? row.revision + 1 : 1;
    this.#sql.change.run(text, text === null ? 0 : 1, revision, received.answers, row.seq);
    this.#events.inbound(tx, { inboundSeq: row.seq, revision, upto, at: received.receivedAt });
  }
  /** Keeps the TPDU; its row's number. */
  #keep(received, inboundSeq, n, duplicate) {
    const { iccid, imei, from, text, alphabet, smscAt, receivedAt, pdu } = received;
    if (!duplicate) this.#sims.count(iccid, "received");
    const { lastInsertRowid } = this.#sql.addReceived.run(
      inboundSeq,
      n,
      duplicate ? 1 : 0,
      iccid,
      imei,
      from,
      text,
      alphabet,
      smscAt,
      receivedAt,
      pdu,
      pduHash(pdu)
    );
    return Number(lastInsertRowid);
  }
};

// src/store/cursor.ts
function encodeCursor(seq) {
  return Buffer.from(`s${seq}`).toString("base64url");
}
function decodeCursor(cursor) {
  const text = Buffer.from(cursor, "base64url").toString("latin1");
  const seq = /^s(\d{1,15})$/.exec(text)?.[1];
  if (seq === void 0 || encodeCursor(Number(seq)) !== cursor) {
    throw new Fault("cursorInvalid", "The cursor is not one that a list gave; use nextCursor of the page before, or none to begin.");
  }
  return Number(seq);
}

// src/store/inbound-views.ts
var MOST_GROUPS = 50;
var COLUMNS2 = `seq, id, iccid, sender, text, complete, visible, revision, received_at AS receivedAt, smsc_time AS smscTime, answers,
  total, problem`;
var WINDOW = "visible = 1 AND seq >= ? AND seq < ? AND received_at >= ? ORDER BY seq DESC LIMIT ?";
var InboundViews = class {
  #hours;
  #inOneView;
  #sql;
  constructor(reader, hours) {
    this.#hours = hours;
    this.#inOneView = (read) => reader.transaction(read)();
    this.#sql = {
      byId: reader.prepare(`SELECT ${COLUMNS2} FROM inbound WHERE id = ? AND visible = 1`),
      bySeq: reader.prepare(`SELECT ${COLUMNS2} FROM inbound WHERE seq = ?`),
      all: reader.prepare(`SELECT ${COLUMNS2} FROM inbound WHERE ${WINDOW}`),
      bySender: reader.prepare(
        `SELECT ${COLUMNS2} FROM inbound INDEXED BY inbound_sender WHERE sender = ? AND ${WINDOW}`
      ),
      received: reader.prepare(
        `SELECT n, duplicate, text, smsc_at AS smscAt, received_at AS receivedAt, pdu FROM received WHERE inbound_seq = ? AND id <= ? ORDER BY n, id`
      ),
      sameTpdu: reader.prepare(
        `SELECT i.id AS inboundId, r.received_at AS at FROM received r INDEXED BY received_pdu LEFT JOIN inbound i ON i.seq = r.inbound_seq
         WHERE r.pdu_hash = ? AND r.pdu = ? AND r.iccid = ? AND r.received_at >= ? ORDER BY r.duplicate, r.id DESC LIMIT 1`
      ),
      groups: reader.prepare(
        `SELECT ${COLUMNS2} FROM inbound INDEXED BY inbound_group
         WHERE sender = ? AND ref = ? AND ref_bits = ? AND total = ? AND iccid = ? ORDER BY seq DESC LIMIT ?`
      ),
      oldestHidden: reader.prepare("SELECT min(received_at) FROM inbound INDEXED BY inbound_hidden WHERE visible = 0").pluck()
    };
  }
  inbound(id) {
    return this.#inOneView(() => {
      const row = this.#sql.byId.get(id);
      return row && this.#view(row);
    });
  }
  /** @throws Fault `cursorInvalid` */
  inbounds(filter, page) {
    const below = page.cursor === null ? Number.MAX_SAFE_INTEGER : decodeCursor(page.cursor);
    return this.#inOneView(() => {
      const from = filter.since === void 0 ? 0 : this.#hours.firstSince("inbound", filter.since);
      if (from === void 0) return { data: [], nextCursor: null };
      const window = [from, below, filter.since ?? Number.MIN_SAFE_INTEGER, page.limit + 1];
      const rows = filter.from === void 0 ? this.#sql.all.all(...window) : this.#sql.bySender.all(filter.from, ...window);
      const shown = rows.slice(0, page.limit);
      const last = rows.length > page.limit ? shown.at(-1) : void 0;
      return { data: shown.map((row) => this.#view(row)), nextCursor: last ? encodeCursor(last.seq) : null };
    });
  }
  /**
   * An inbound message as it was at an event.
   * @param revision its revision then
   * @param upto the last row of `received` then
   */
  asOf(seq, revision, upto) {
    const row = this.#sql.bySeq.get(seq);
    if (!row) return void 0;
    const now = revision === row.revision;
    return this.#view({ ...row, revision, text: now ? row.text : null, complete: now ? row.complete : 0 }, upto);
  }
  findReceived(iccid, pdu, since) {
    return this.#sql.sameTpdu.get(pduHash(pdu), pdu, iccid, since);
  }
  openGroups(key) {
    return this.#inOneView(
      () => this.#sql.groups.all(key.from, key.ref, key.bits, key.total, key.iccid, MOST_GROUPS).map((row) => ({
        inboundId: row.id,
        startedAt: row.receivedAt,
        complete: row.complete === 1,
        segments: this.#received(row.seq).filter(({ duplicate }) => duplicate === 0).map(({ n, pdu, smscAt }) => ({ n, pdu, smscAt }))
      }))
    );
  }
  oldestHidden() {
    return this.#sql.oldestHidden.get() ?? void 0;
  }
  #received(seq, upto = Number.MAX_SAFE_INTEGER) {
    return this.#sql.received.all(seq, upto);
  }
  #view(row, upto) {
    const received = this.#received(row.seq, upto);
    const segments = received.filter(({ duplicate }) => duplicate === 0);
    return {
      id: row.id,
      from: row.sender,
      text: row.text,
      complete: row.complete === 1,
      revision: row.revision,
      receivedAt: row.receivedAt,
      smscTime: row.smscTime,
      sim: row.iccid,
      answers: row.answers,
      total: row.total,
      problem: row.problem,
      duplicates: received.length - segments.length,
      segments: segments.map(({ n, text, pdu, receivedAt }) => ({ n, text, pdu, receivedAt }))
    };
  }
};

// src/store/keys.ts
var COLUMNS3 = "id, name, prefix, hash, scopes, created_at AS createdAt";
var toKey = ({ scopes, ...row }) => ({ ...row, scopes: scopes === "" ? [] : scopes.split(" ") });
var Keys2 = class {
  #sql;
  constructor(writer, reader) {
    this.#sql = {
      add: writer.prepare(
        "INSERT INTO api_keys (id, name, prefix, hash, scopes, created_at) VALUES (?, ?, ?, ?, ?, ?)"
      ),
      find: reader.prepare(`SELECT ${COLUMNS3} FROM api_keys WHERE hash = ? AND revoked_at IS NULL`),
      all: reader.prepare(`SELECT ${COLUMNS3} FROM api_keys WHERE revoked_at IS NULL ORDER BY created_at, id`)
    };
  }
  add({ id, name, prefix, hash: hash2, scopes, createdAt }) {
    this.#sql.add.run(id, name, prefix, hash2, scopes.join(" "), createdAt);
  }
  find(hash2) {
    const row = this.#sql.find.get(hash2);
    return row && toKey(row);
  }
  all() {
    return this.#sql.all.all().map(toKey);
  }
};

// src/store/message-status.ts
var FINAL_STATUSES = /* @__PURE__ */ new Set([
  "delivered",
  "undelivered",
  "refused",
  "failed",
  "expired",
  "cancelled"
]);
function segmentState(attempts, unsent) {
  let sent = false;
  let delivered = false;
  let uncertain = false;
  let undelivered = false;
  for (const { outcome: outcome2, report } of attempts) {
    if (outcome2 === "pending") return "sending";
    if (report === "delivered") delivered = true;
    else if (outcome2 === "uncertain") uncertain = true;
    else if (outcome2 === "sent" && report === "undelivered") undelivered = true;
    else if (outcome2 === "sent") sent = true;
  }
  if (delivered) return "delivered";
  if (sent) return "sent";
  if (uncertain) return "uncertain";
  if (undelivered) return "undelivered";
  return unsent ?? "queued";
}
var gone = (state) => state === "sent" || state === "delivered" || state === "undelivered";
function messageStatus(before2, segments, decision) {
  const after = derive(before2, segments, decision);
  return after.status === before2.status ? before2 : after;
}
function derive(before2, segments, { rest, reason }) {
  const has = (state) => segments.includes(state);
  const delivered = segments.every((state) => state === "delivered");
  if (FINAL_STATUSES.has(before2.status)) {
    return delivered && before2.status !== "delivered" ? { status: "delivered", reason: "lateDelivered" } : before2;
  }
  if (has("sending")) return { status: "sending", reason: null };
  if (has("uncertain")) return { status: "uncertain", reason };
  const some = segments.some(gone);
  if (has("failed")) return { status: "failed", reason: some ? "partial" : reason };
  if (has("expired")) return { status: "expired", reason: some ? "partial" : reason };
  if (has("cancelled")) return { status: "cancelled", reason };
  if (has("queued")) {
    if (rest !== "going") return { status: rest, reason };
    if (before2.status === "held" || before2.status === "queued") return before2;
    return { status: some ? "sending" : "queued", reason: null };
  }
  if (delivered) return { status: "delivered", reason: null };
  return has("undelivered") ? { status: "undelivered", reason } : { status: "sent", reason: null };
}
function mayGoOn(status, segments) {
  if (FINAL_STATUSES.has(status)) return false;
  return segments.includes("queued") && !segments.includes("sending") && !segments.includes("uncertain");
}

// src/store/ledger.ts
var READY_NOW = { dueAt: null, avoid: null };
var Ledger = class {
  #events;
  #sql;
  constructor(writer, events) {
    this.#events = events;
    this.#sql = {
      load: writer.prepare(`SELECT ${MESSAGE_ROW_COLUMNS} FROM messages WHERE seq = ?`),
      find: writer.prepare(`SELECT ${MESSAGE_ROW_COLUMNS} FROM messages WHERE id = ?`),
      states: writer.prepare("SELECT state FROM segments WHERE message_seq = ? ORDER BY n").pluck(),
      attempts: writer.prepare("SELECT outcome, report FROM attempts WHERE id > ? AND id < ? ORDER BY id"),
      setSegment: writer.prepare("UPDATE segments SET state = ? WHERE message_seq = ? AND n = ?"),
      closeQueued: writer.prepare("UPDATE segments SET state = ? WHERE message_seq = ? AND state = 'queued'"),
      saveStatus: writer.prepare(
        "UPDATE messages SET status = ?, reason = ?, possible_duplicate = ?, updated_at = ? WHERE seq = ?"
      ),
      saveBegun: writer.prepare("UPDATE messages SET begun = 1, sent_at = coalesce(?, sent_at) WHERE seq = ?"),
      saveQueue: writer.prepare(
        "UPDATE messages SET ready = ?, lane = ?, left = ?, due_at = ?, avoid_sim = ?, avoid_until = ? WHERE seq = ?"
      )
    };
  }
  load(seq) {
    return this.#sql.load.get(seq);
  }
  find(id) {
    return this.#sql.find.get(id);
  }
  /** The states of all segments, in order. */
  states(row) {
    return this.#sql.states.all(row.seq);
  }
  /**
   * A segment was sent, or may have been: the message stays with its SIM from now on. To be told before `followAttempt`.
   * @param sentAt when it was sent, null when that is not known
   */
  begin(row, sentAt) {
    if (row.begun === 1 && sentAt === null) return;
    row.begun = 1;
    this.#sql.saveBegun.run(sentAt, row.seq);
  }
  /**
   * Follows a change of one of the attempts of segment `n`.
   * @param unsent how the segment ends if no copy of it is out; the rest of the message is then cancelled with it
   */
  followAttempt(tx, row, n, change, unsent = null) {
    const states = this.states(row);
    const before2 = states[n - 1];
    if (before2 === void 0) return;
    const closed = before2 === "failed" || before2 === "expired" || before2 === "cancelled" ? before2 : unsent;
    const attempts = this.#sql.attempts.all(attemptId(row.seq, n, 0), attemptId(row.seq, n + 1, 0));
    const after = segmentState(attempts, closed);
    if (after !== before2) {
      this.#sql.setSegment.run(after, row.seq, n);
      states[n - 1] = after;
    }
    if (unsent !== null && after === unsent) this.#closeRest(row, states, unsent === "failed" ? "cancelled" : unsent);
    this.#refresh(tx, row, states, change);
  }
  /** Ends a message without sending what is still queued of it. */
  giveUp(tx, row, unsent, reason, at) {
    const states = this.states(row);
    this.#closeRest(row, states, unsent);
    this.#refresh(tx, row, states, { decision: { rest: "going", reason }, place: null, at });
  }
  /** Puts a message whose time has come, or whose decision changed, where it belongs now. */
  replace(tx, row, change) {
    this.#refresh(tx, row, this.states(row), change);
  }
  #closeRest(row, states, unsent) {
    if (!states.includes("queued")) return;
    this.#sql.closeQueued.run(unsent, row.seq);
    for (const [i, state] of states.entries()) if (state === "queued") states[i] = unsent;
  }
  #refresh(tx, row, states, { decision, place, at }) {
    const { status, reason } = messageStatus(row, states, decision);
    this.#queue(tx, row, status, states, place, at);
    const changed = status !== row.status;
    row.status = status;
    row.reason = reason;
    if (!changed) return;
    this.#sql.saveStatus.run(status, reason, row.possibleDuplicate, at, row.seq);
    const possibleDuplicate = row.possibleDuplicate === 1;
    this.#events.message(tx, { messageSeq: row.seq, status, reason, sim: shownSim(row), possibleDuplicate, at });
  }
  /** Keeps the queue in step; the columns are written only when they change, so that no index is touched for nothing. */
  #queue(tx, row, status, states, place, at) {
    const before2 = { ...row };
    if (!mayGoOn(status, states)) takeOut(row);
    else {
      row.left = states.filter((state) => state === "queued").length;
      if (place !== null || row.ready === null) putIn(row, place ?? READY_NOW, at);
    }
    if (before2.ready === 1) tx.ready -= before2.left;
    if (before2.ready === 0) tx.waiting -= before2.left;
    if (row.ready === 1) tx.ready += row.left;
    if (row.ready === 0) tx.waiting += row.left;
    if (before2.ready === row.ready && before2.lane === row.lane && before2.left === row.left && before2.dueAt === row.dueAt && before2.avoidSim === row.avoidSim && before2.avoidUntil === row.avoidUntil) {
      return;
    }
    this.#sql.saveQueue.run(row.ready, row.lane, row.left, row.dueAt, row.avoidSim, row.avoidUntil, row.seq);
  }
};
function takeOut(row) {
  row.ready = null;
  row.lane = null;
  row.dueAt = null;
  row.avoidSim = null;
  row.avoidUntil = null;
}
function putIn(row, { dueAt, avoid }, now) {
  takeOut(row);
  row.lane = laneOf(row);
  const shunned = avoid !== null && avoid.until > now ? avoid : null;
  const wait = shunned && row.lane === shunned.iccid ? Math.max(dueAt ?? 0, shunned.until) : dueAt;
  const other = shunned && row.lane === "" ? shunned : null;
  if (wait !== null && wait > now) {
    row.ready = 0;
    row.dueAt = wait;
    row.avoidSim = other?.iccid ?? null;
    row.avoidUntil = other?.until ?? null;
  } else {
    row.ready = 1;
    if (other) {
      row.lane = laneWithout(other.iccid);
      row.dueAt = other.until;
    }
  }
}

// src/store/lock.ts
import { existsSync as existsSync2, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join as join2 } from "node:path";
import Database2 from "better-sqlite3";
function lockFolder(folder) {
  const pidFile = join2(folder, "daemon.pid");
  const db = new Database2(join2(folder, "daemon.lock"), { timeout: 0 });
  try {
    db.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    db.close();
    if (!isBusy(error)) throw error;
    const pid = existsSync2(pidFile) ? readFileSync(pidFile, "utf8").trim() : "";
    const who = /^\d+$/.test(pid) ? ` (process ${pid})` : "";
    throw new Fault(
      "storeInUse",
      `Another Simpost daemon${who} uses the data folder ${folder}; stop it, or give this one a folder of its own in [store] path.`,
      [],
      { cause: error }
    );
  }
  writeFileSync(pidFile, `${process.pid}
`, { mode: 384 });
  return {
    release() {
      if (!db.open) return;
      rmSync(pidFile, { force: true });
      db.close();
    }
  };
}

// src/store/message-views.ts
var VIEW = `SELECT m.seq, m.id, m.key_id AS keyId, m.recipient, m.rank, m.status, m.reason, m.alphabet, m.flash, m.transliterated,
  m.possible_duplicate AS possibleDuplicate, m.sim_requested AS simRequested, m.sim, m.begun, m.send_at AS sendAt,
  m.accepted_at AS acceptedAt, m.expires_at AS expiresAt, m.updated_at AS updatedAt, t.text, coalesce(t.sent_text, t.text) AS sentText,
  t.reference, t.policy FROM messages m JOIN message_texts t ON t.message_seq = m.seq`;
var WINDOW2 = "seq >= ? AND seq < ? AND accepted_at >= ? ORDER BY seq DESC LIMIT ?";
var MessageViews = class {
  #hours;
  #inOneView;
  #sql;
  constructor(reader, hours) {
    this.#hours = hours;
    this.#inOneView = (read) => reader.transaction(read)();
    this.#sql = {
      byId: reader.prepare(`${VIEW} WHERE m.id = ?`),
      bySeq: reader.prepare(`${VIEW} WHERE m.seq = ?`),
      segments: reader.prepare(
        "SELECT n, chars, state FROM segments WHERE message_seq = ? ORDER BY n"
      ),
      attempts: reader.prepare(
        "SELECT id, iccid, at, outcome, cause, mr, mr_known AS mrKnown FROM attempts WHERE id > ? AND id < ? ORDER BY id"
      ),
      events: reader.prepare(
        "SELECT status, at, reason FROM events WHERE message_seq = ? ORDER BY seq"
      ),
      all: reader.prepare(`SELECT seq FROM messages WHERE ${WINDOW2}`).pluck(),
      byStatus: reader.prepare(
        `SELECT seq FROM messages INDEXED BY messages_status WHERE status = ? AND rank = ? AND ${WINDOW2}`
      ).pluck(),
      byRecipient: reader.prepare(
        `SELECT seq FROM messages INDEXED BY messages_recipient
           WHERE recipient = ? AND (? IS NULL OR status = ?) AND (? IS NULL OR rank = ?) AND ${WINDOW2}`
      ).pluck(),
      latestTo: reader.prepare(
        // Only the newest messages to a number are looked at, so that a number written to all day long costs no more.
        `SELECT id FROM (SELECT id, sim, sent_at FROM messages INDEXED BY messages_recipient WHERE recipient = ? ORDER BY seq DESC LIMIT 200)
           WHERE sent_at >= ? ORDER BY sim IS ? DESC, sent_at DESC LIMIT 1`
      ).pluck()
    };
  }
  message(id) {
    return this.#inOneView(() => {
      const row = this.#sql.byId.get(id);
      return row && this.#view(row);
    });
  }
  /** @throws Fault `cursorInvalid` */
  messages(filter, page) {
    const below = page.cursor === null ? Number.MAX_SAFE_INTEGER : decodeCursor(page.cursor);
    return this.#inOneView(() => {
      const since = filter.since ?? Number.MIN_SAFE_INTEGER;
      const from = filter.since === void 0 ? 0 : this.#hours.firstSince("messages", filter.since);
      const seqs = from === void 0 ? [] : this.#seqs(filter, [from, below, since, page.limit + 1]);
      const data = [];
      for (const seq of seqs.slice(0, page.limit)) {
        const row = this.#sql.bySeq.get(seq);
        if (row) data.push(this.#view(row));
      }
      const last = seqs.length > page.limit ? seqs[page.limit - 1] : void 0;
      return { data, nextCursor: last === void 0 ? null : encodeCursor(last) };
    });
  }
  latestTo(number, iccid, since) {
    return this.#sql.latestTo.get(number, since, iccid);
  }
  #seqs({ to, status, purpose }, window) {
    const rank = purpose === void 0 ? void 0 : purposeRank(purpose);
    if (to !== void 0) {
      return this.#sql.byRecipient.all(to, status ?? null, status ?? null, rank ?? null, rank ?? null, ...window);
    }
    if (status === void 0 && rank === void 0) return this.#sql.all.all(...window);
    const statuses = status === void 0 ? MESSAGE_STATUSES : [status];
    const ranks = rank === void 0 ? PURPOSES.keys() : [rank];
    const found = [];
    for (const r of ranks) for (const s of statuses) found.push(...this.#sql.byStatus.all(s, r, ...window));
    return found.sort((a, b) => b - a).slice(0, window[3]);
  }
  #view(row) {
    const attempts = /* @__PURE__ */ new Map();
    for (const attempt of this.#sql.attempts.all(attemptId(row.seq, 0, 0), attemptId(row.seq + 1, 0, 0))) {
      const { n } = attemptPlace(attempt.id);
      const of = attempts.get(n);
      if (of) of.push(attempt);
      else attempts.set(n, [attempt]);
    }
    let start = 0;
    const segments = this.#sql.segments.all(row.seq).map(({ n, chars, state }) => {
      const text = row.sentText.slice(start, start + chars);
      start += chars;
      const tries = attempts.get(n) ?? [];
      const sent = tries.findLast(({ outcome: outcome2, mrKnown }) => outcome2 === "sent" && mrKnown === 1);
      return {
        n,
        state,
        mr: sent?.mr ?? null,
        text,
        attempts: tries.map(({ iccid, at, outcome: outcome2, cause }) => ({ sim: iccid, at, outcome: outcome2, cause }))
      };
    });
    return {
      id: row.id,
      keyId: row.keyId,
      to: row.recipient,
      text: row.text,
      purpose: PURPOSES[row.rank] ?? "promotional",
      status: row.status,
      reason: row.reason,
      alphabet: row.alphabet,
      possibleDuplicate: row.possibleDuplicate === 1,
      flash: row.flash === 1,
      transliterated: row.transliterated === 1,
      reference: row.reference,
      sim: shownSim(row),
      sendAt: row.sendAt,
      acceptedAt: row.acceptedAt,
      expiresAt: row.expiresAt,
      updatedAt: row.updatedAt,
      policy: readPolicy(row.policy),
      segments,
      events: this.#sql.events.all(row.seq).map(({ status, at, reason }) => ({ type: `message.${status}`, at, reason }))
    };
  }
};

// src/store/messages.ts
var STEP2 = 25;
var Messages = class {
  #events;
  #hours;
  #idempotency;
  #ledger;
  #sql;
  constructor(writer, parts) {
    this.#events = parts.events;
    this.#hours = parts.hours;
    this.#idempotency = parts.idempotency;
    this.#ledger = parts.ledger;
    this.#sql = {
      add: writer.prepare(
        `INSERT INTO messages (id, key_id, recipient, rank, status, reason, alphabet, flash, transliterated, segment_count, sim_requested,
         ready, lane, left, due_at, send_at, accepted_at, expires_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
      ),
      addTexts: writer.prepare(
        "INSERT INTO message_texts (message_seq, text, sent_text, reference, policy) VALUES (?, ?, ?, ?, ?)"
      ),
      addSegment: writer.prepare(
        "INSERT INTO segments (message_seq, n, chars, state) VALUES (?, ?, ?, 'queued')"
      )
    };
  }
  /** Takes them all in, or says what was answered before under the same Idempotency-Key. */
  *accept(tx, messages, idempotency) {
    if (idempotency) {
      const earlier = this.#idempotency.find(idempotency.keyId, idempotency.idempotencyKey);
      if (earlier) return { kind: "repeated", earlier };
      this.#idempotency.add(idempotency);
    }
    for (const [i, message] of messages.entries()) {
      this.#add(tx, message);
      if (i % STEP2 === STEP2 - 1) yield;
    }
    return { kind: "accepted" };
  }
  #add(tx, message) {
    const { held, segments, acceptedAt: at, sim } = message;
    const status = held ? "held" : "queued";
    const reason = held?.reason ?? null;
    const { lastInsertRowid } = this.#sql.add.run(
      message.id,
      message.keyId,
      message.to,
      purposeRank(message.purpose),
      status,
      reason,
      message.alphabet,
      message.flash ? 1 : 0,
      message.transliterated ? 1 : 0,
      segments.length,
      sim,
      held ? 0 : 1,
      laneOf({ begun: 0, sim: null, simRequested: sim }),
      segments.length,
      held?.dueAt ?? null,
      message.sendAt,
      at,
      message.expiresAt,
      at
    );
    const seq = Number(lastInsertRowid);
    const sentText = segments.length === 1 ? segments[0]?.text ?? "" : segments.map(({ text }) => text).join("");
    this.#sql.addTexts.run(seq, message.text, sentText === message.text ? null : sentText, message.reference, writePolicy(message.policy));
    for (const [i, { text }] of segments.entries()) this.#sql.addSegment.run(seq, i + 1, text.length);
    this.#hours.note("messages", at, seq);
    this.#events.message(tx, { messageSeq: seq, status, reason, sim, possibleDuplicate: false, at });
    if (held) tx.waiting += segments.length;
    else tx.ready += segments.length;
  }
  cancel(tx, id, now) {
    const row = this.#ledger.find(id);
    if (!row) return { kind: "unknown" };
    if (row.ready === null || row.begun === 1) return { kind: "tooLate", status: row.status };
    this.#ledger.giveUp(tx, row, "cancelled", null, now);
    return { kind: "cancelled" };
  }
};

// src/store/schema.ts
var FIRST_SCHEMA = `
CREATE TABLE messages (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key_id TEXT NOT NULL,
  recipient TEXT NOT NULL,
  rank INTEGER NOT NULL,              -- purpose, 0 otp .. 3 promotional
  status TEXT NOT NULL,
  reason TEXT,
  alphabet TEXT NOT NULL,
  flash INTEGER NOT NULL,
  transliterated INTEGER NOT NULL,
  possible_duplicate INTEGER NOT NULL DEFAULT 0,
  segment_count INTEGER NOT NULL,
  sim_requested TEXT,
  sim TEXT,                           -- the SIM of the latest attempt
  begun INTEGER NOT NULL DEFAULT 0,   -- 1 once a segment was sent or may have been: bound to sim
  ready INTEGER,
  lane TEXT,
  left INTEGER NOT NULL,              -- segments still to be sent, while queued
  due_at INTEGER,                     -- when a waiting one is ready, or an avoided SIM may take it again
  avoid_sim TEXT,
  avoid_until INTEGER,
  ref INTEGER,                        -- concatenation reference, on sim, last used at ref_at
  ref_bits INTEGER,
  ref_at INTEGER,
  send_at INTEGER,
  accepted_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  sent_at INTEGER                     -- when the latest segment was sent
) STRICT;
CREATE INDEX messages_ready ON messages(lane, rank, begun DESC, seq, left) WHERE ready = 1;
CREATE INDEX messages_due ON messages(due_at, ready, left) WHERE due_at IS NOT NULL;
CREATE INDEX messages_expiry ON messages(expires_at) WHERE ready IS NOT NULL;
CREATE INDEX messages_status ON messages(status, rank);
CREATE INDEX messages_recipient ON messages(recipient);
CREATE INDEX messages_ref ON messages(recipient, sim, ref_at) WHERE ref_at IS NOT NULL;

CREATE TABLE message_texts (
  message_seq INTEGER PRIMARY KEY REFERENCES messages(seq),
  text TEXT NOT NULL,
  sent_text TEXT,                     -- as it is sent, when that is not text
  reference TEXT,
  policy TEXT NOT NULL
) STRICT;

CREATE TABLE segments (
  message_seq INTEGER NOT NULL REFERENCES messages(seq),
  n INTEGER NOT NULL,                 -- 1-based
  chars INTEGER NOT NULL,             -- UTF-16 units of the text as it is sent
  state TEXT NOT NULL,
  PRIMARY KEY (message_seq, n)
) STRICT, WITHOUT ROWID;

-- id is message seq * 2^20 + n * 2^12 + try, so that the attempts of a message and of a segment are a range of it.
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  iccid TEXT NOT NULL,
  imei TEXT NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  cause TEXT,
  mr INTEGER,                         -- TP-MR: the predicted one until mr_known is 1
  mr_known INTEGER NOT NULL DEFAULT 0,
  report TEXT,                        -- 'delivered' or 'undelivered' once a final status report came
  decide_at INTEGER,                  -- when an uncertain one is decided
  settled_at INTEGER
) STRICT;
CREATE INDEX attempts_mr ON attempts(iccid, mr, at);
CREATE INDEX attempts_decide ON attempts(decide_at) WHERE decide_at IS NOT NULL;

CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  iccid TEXT NOT NULL,
  mr INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  tp_status INTEGER NOT NULL,
  meaning TEXT NOT NULL,
  smsc_at INTEGER,
  discharged_at INTEGER,
  received_at INTEGER NOT NULL,
  pdu TEXT NOT NULL,
  attempt_id INTEGER,
  copies INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX reports_mr ON reports(iccid, mr, received_at);

CREATE TABLE inbound (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  iccid TEXT NOT NULL,
  sender TEXT NOT NULL,
  text TEXT,
  complete INTEGER NOT NULL,
  visible INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  smsc_time TEXT,
  answers TEXT,
  ref INTEGER,
  ref_bits INTEGER,
  total INTEGER NOT NULL,
  problem TEXT
) STRICT;
CREATE INDEX inbound_sender ON inbound(sender);
CREATE INDEX inbound_group ON inbound(sender, ref, ref_bits, total, iccid) WHERE ref IS NOT NULL;
CREATE INDEX inbound_hidden ON inbound(received_at) WHERE visible = 0;

-- Every TPDU as it came, duplicates too.
CREATE TABLE received (
  id INTEGER PRIMARY KEY,
  inbound_seq INTEGER REFERENCES inbound(seq),
  n INTEGER NOT NULL,
  duplicate INTEGER NOT NULL,
  iccid TEXT NOT NULL,
  imei TEXT NOT NULL,
  sender TEXT NOT NULL,
  text TEXT NOT NULL,
  alphabet TEXT NOT NULL,
  smsc_at INTEGER,
  received_at INTEGER NOT NULL,
  pdu TEXT NOT NULL,
  pdu_hash INTEGER NOT NULL
) STRICT;
CREATE INDEX received_inbound ON received(inbound_seq);
CREATE INDEX received_pdu ON received(pdu_hash);

-- A message or a received one as it was after a change: what can change of it stands in the event's own columns.
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  message_seq INTEGER REFERENCES messages(seq),
  status TEXT,
  reason TEXT,
  sim TEXT,
  possible_duplicate INTEGER,
  inbound_seq INTEGER REFERENCES inbound(seq),
  revision INTEGER,
  upto INTEGER                        -- the last row of received that was there
) STRICT;
CREATE INDEX events_message ON events(message_seq) WHERE message_seq IS NOT NULL;
CREATE INDEX events_inbound ON events(inbound_seq) WHERE inbound_seq IS NOT NULL;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  endpoint TEXT NOT NULL,
  event_seq INTEGER NOT NULL,
  due_at INTEGER,                     -- NULL once it is settled
  tries INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  settled_at INTEGER,
  answer INTEGER,                     -- HTTP status
  error TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox(endpoint, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE idempotency (
  id INTEGER PRIMARY KEY,
  key_id TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  status INTEGER NOT NULL,
  response TEXT NOT NULL,
  location TEXT,
  at INTEGER NOT NULL,
  UNIQUE (key_id, idempotency_key)
) STRICT;

CREATE TABLE sims (
  iccid TEXT PRIMARY KEY,
  imsi TEXT,
  number TEXT,
  seen_at INTEGER,
  sent INTEGER NOT NULL DEFAULT 0,
  delivered INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  received INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;

-- The smallest seq of each hour: with it "since" is a bound on seq, and needs no index of its own in every list.
CREATE TABLE hours (
  list TEXT NOT NULL,
  hour INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  PRIMARY KEY (list, hour)
) STRICT, WITHOUT ROWID;
`;

// src/store/migrations.ts
var APPLICATION_ID = 1397575764;
var MIGRATIONS = [FIRST_SCHEMA];
function numberPragma(db, name) {
  const value = db.pragma(name, { simple: true });
  return typeof value === "number" ? value : 0;
}
function schemaVersion(db, migrations = MIGRATIONS) {
  let version;
  let ours;
  try {
    version = numberPragma(db, "user_version");
    const empty = db.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === void 0;
    ours = numberPragma(db, "application_id") === APPLICATION_ID || empty && version === 0 && numberPragma(db, "application_id") === 0;
  } catch (error) {
    if (sqliteCode(error) !== "SQLITE_NOTADB") throw error;
    throw new Fault("storeForeign", foreign(db.name), [], { cause: error });
  }
  if (!ours) throw new Fault("storeForeign", foreign(db.name));
  if (version > migrations.length) {
    throw new Fault(
      "storeNewer",
      `The store ${db.name} has schema ${version}, and this Simpost knows schemas up to ${migrations.length}: start the newer Simpost again, or restore the backup that was made before the update.`
    );
  }
  return version;
}
var foreign = (file) => `${file} is not a store of Simpost; choose another folder in [store] path, or move that file away.`;
function migrate(db, migrations = MIGRATIONS) {
  for (let version = schemaVersion(db, migrations); version < migrations.length; version += 1) {
    db.exec("BEGIN IMMEDIATE");
    try {
      if (schemaVersion(db, migrations) === version) {
        db.exec(migrations[version] ?? "");
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.pragma(`user_version = ${version + 1}`);
      }
      db.exec("COMMIT");
    } catch (error) {
      if (db.inTransaction) db.exec("ROLLBACK");
      throw error;
    }
  }
}

// src/store/outbox.ts
var WEEK_MS = 7 * 864e5;
var Outbox = class {
  #endpoints = [];
  /** The names of the endpoints that get an event of a type; filled as types come up. */
  #takers = /* @__PURE__ */ new Map();
  #sql;
  constructor(writer, reader) {
    this.#sql = {
      add: writer.prepare(
        "INSERT INTO outbox (endpoint, event_seq, due_at, created_at) VALUES (?, ?, ?, ?)"
      ),
      settle: writer.prepare(
        "UPDATE outbox SET due_at = NULL, settled_at = ?, answer = ?, error = ?, tries = tries + 1 WHERE id = ? AND due_at IS NOT NULL"
      ),
      retry: writer.prepare(
        "UPDATE outbox SET due_at = ?, error = ?, tries = tries + 1 WHERE id = ? AND due_at IS NOT NULL"
      ),
      oldest: writer.prepare("SELECT id, endpoint, created_at, due_at, settled_at FROM outbox WHERE id > ? ORDER BY id LIMIT ?"),
      remove: writer.prepare("DELETE FROM outbox WHERE id = ?"),
      due: reader.prepare(
        `SELECT id, tries, created_at AS createdAt, event_seq AS eventSeq FROM outbox
         WHERE endpoint = ? AND due_at <= ? ORDER BY due_at, id LIMIT ?`
      ),
      next: reader.prepare("SELECT min(due_at) FROM outbox WHERE endpoint = ? AND due_at IS NOT NULL").pluck()
    };
  }
  setEndpoints(endpoints) {
    this.#endpoints = endpoints;
    this.#takers.clear();
  }
  /** Writes the rows of one event. */
  add(type, eventSeq, at) {
    for (const endpoint of this.#takersOf(type)) this.#sql.add.run(endpoint, eventSeq, at, at);
  }
  #takersOf(type) {
    const known2 = this.#takers.get(type);
    if (known2) return known2;
    const family = `${type.slice(0, type.indexOf("."))}.*`;
    const takers = this.#endpoints.filter(({ events }) => events.some((e) => e === "*" || e === family || e === type)).map(({ name }) => name);
    this.#takers.set(type, takers);
    return takers;
  }
  due(endpoint, now, limit) {
    return this.#sql.due.all(endpoint, now, limit);
  }
  next(endpoint) {
    return this.#sql.next.get(endpoint) ?? void 0;
  }
  settle(id, outcome2) {
    switch (outcome2.kind) {
      case "delivered":
        this.#sql.settle.run(outcome2.at, outcome2.status, null, id);
        return;
      case "retry":
        this.#sql.retry.run(outcome2.dueAt, outcome2.error, id);
        return;
      case "abandoned":
        this.#sql.settle.run(outcome2.at, null, outcome2.error, id);
        return;
    }
  }
  /** Removes what was settled more than a week ago, and rows of endpoints that were taken out of the configuration. */
  *purge(now) {
    const known2 = new Set(this.#endpoints.map(({ name }) => name));
    for (let after = 0; ; ) {
      const rows = this.#sql.oldest.all(after, 100);
      for (const row of rows) {
        if (row.created_at > now - WEEK_MS) return;
        if (row.settled_at === null ? !known2.has(row.endpoint) : row.settled_at <= now - WEEK_MS) this.#sql.remove.run(row.id);
        after = row.id;
      }
      if (rows.length < 100) return;
      yield;
    }
  }
};

// src/store/queue.ts
var MOST_AT_ONCE = 1e3;
var STEP3 = 25;
var Queue = class {
  #ledger;
  #sql;
  #depth;
  constructor(writer, reader, ledger) {
    this.#ledger = ledger;
    this.#sql = {
      late: writer.prepare(
        "SELECT seq FROM messages INDEXED BY messages_expiry WHERE ready IS NOT NULL AND expires_at <= ? ORDER BY expires_at LIMIT ?"
      ).pluck(),
      due: writer.prepare("SELECT seq FROM messages INDEXED BY messages_due WHERE due_at <= ? ORDER BY due_at LIMIT ?").pluck(),
      nextDue: reader.prepare(
        `SELECT min(at) FROM (
             SELECT min(due_at) AS at FROM messages INDEXED BY messages_due WHERE due_at IS NOT NULL
             UNION ALL SELECT min(expires_at) FROM messages INDEXED BY messages_expiry WHERE ready IS NOT NULL
             UNION ALL SELECT min(decide_at) FROM attempts INDEXED BY attempts_decide WHERE decide_at IS NOT NULL)`
      ).pluck()
    };
    const sum = (text) => reader.prepare(text).pluck().get() ?? 0;
    this.#depth = {
      ready: sum("SELECT sum(left) FROM messages INDEXED BY messages_ready WHERE ready = 1"),
      waiting: sum("SELECT sum(left) FROM messages INDEXED BY messages_due WHERE due_at IS NOT NULL AND ready = 0")
    };
  }
  /** Follows what was committed. */
  committed(tx) {
    this.#depth.ready += tx.ready;
    this.#depth.waiting += tx.waiting;
  }
  depth() {
    return { ...this.#depth };
  }
  nextDue() {
    return this.#sql.nextDue.get() ?? void 0;
  }
  *promote(tx, now) {
    const late = this.#sql.late.all(now, MOST_AT_ONCE);
    for (const [i, seq] of late.entries()) {
      const row = this.#ledger.load(seq);
      if (row) expire(tx, this.#ledger, row, now);
      if (i % STEP3 === STEP3 - 1) yield;
    }
    const due = this.#sql.due.all(now, MOST_AT_ONCE - late.length);
    for (const [i, seq] of due.entries()) {
      const row = this.#ledger.load(seq);
      if (row) this.#wake(tx, row, now);
      if (i % STEP3 === STEP3 - 1) yield;
    }
    return { promoted: due.length, expired: late.length };
  }
  /** A waiting message is ready; one that a SIM was to leave alone is everybody's again. */
  #wake(tx, row, now) {
    const avoid = row.avoidSim !== null && row.avoidUntil !== null ? { iccid: row.avoidSim, until: row.avoidUntil } : null;
    const rest = row.status === "held" ? "queued" : "going";
    this.#ledger.replace(tx, row, { decision: { rest, reason: null }, place: { dueAt: null, avoid }, at: now });
  }
};

// src/store/reports.ts
var DAY_MS2 = 864e5;
var REPEATED_WITHIN_MS = 7 * DAY_MS2;
var KEPT_MS2 = 30 * DAY_MS2;
var Reports = class {
  #settlements;
  #sql;
  constructor(writer, reader, settlements) {
    this.#settlements = settlements;
    this.#sql = {
      candidates: reader.prepare(
        `SELECT a.id AS attemptId, m.recipient AS "to", a.at, a.outcome AS state, a.mr_known AS mrKnown, a.report
         FROM attempts a INDEXED BY attempts_mr JOIN messages m ON m.seq = a.id / 1048576
         WHERE a.iccid = ? AND a.mr = ? AND a.at >= ? AND a.outcome NOT IN ('refused', 'notSent') ORDER BY a.at DESC, a.id DESC`
      ),
      unmatched: reader.prepare(
        `SELECT id, iccid, mr, recipient, tp_status AS tpStatus, meaning, smsc_at AS smscAt, discharged_at AS dischargedAt,
         received_at AS receivedAt, pdu, attempt_id AS attemptId
         FROM reports WHERE iccid = ? AND mr = ? AND received_at >= ? AND attempt_id IS NULL ORDER BY received_at, id`
      ),
      earlier: writer.prepare(
        `SELECT id, attempt_id AS attemptId, received_at AS receivedAt FROM reports
         WHERE iccid = ? AND mr = ? AND received_at >= ? AND pdu = ? ORDER BY attempt_id IS NULL DESC, id DESC LIMIT 1`
      ),
      add: writer.prepare(
        `INSERT INTO reports (iccid, mr, recipient, tp_status, meaning, smsc_at, discharged_at, received_at, pdu, attempt_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
      ),
      again: writer.prepare("UPDATE reports SET copies = copies + 1 WHERE id = ?"),
      match: writer.prepare("UPDATE reports SET attempt_id = ? WHERE id = ?"),
      purge: writer.prepare(
        "SELECT id, received_at AS receivedAt FROM reports WHERE id > ? ORDER BY id LIMIT ?"
      ),
      remove: writer.prepare("DELETE FROM reports WHERE id = ?")
    };
  }
  candidates(iccid, mr, since) {
    return this.#sql.candidates.all(iccid, mr, since).map(({ mrKnown, report, ...row }) => ({ ...row, mrKnown: mrKnown === 1, reported: report !== null }));
  }
  unmatched(iccid, mr, since) {
    return this.#sql.unmatched.all(iccid, mr, since);
  }
  report(tx, report) {
    this.#keep(report);
    const { attemptId: attemptId2, meaning } = report;
    if (attemptId2 === null || meaning !== "delivered" && meaning !== "undelivered") return false;
    return this.#settlements.report(tx, attemptId2, meaning, report.mr, `TP-ST-${report.tpStatus}`, report.receivedAt);
  }
  /** One row for each report, however often it is read; one that was kept unmatched is matched now. */
  #keep(report) {
    const { iccid, mr, recipient, tpStatus, meaning, smscAt, dischargedAt, receivedAt, pdu, attemptId: attemptId2 } = report;
    const earlier = this.#sql.earlier.get(iccid, mr, receivedAt - REPEATED_WITHIN_MS, pdu);
    if (earlier && earlier.attemptId === null && attemptId2 !== null) this.#sql.match.run(attemptId2, earlier.id);
    else if (earlier && (earlier.attemptId === attemptId2 || attemptId2 === null)) this.#sql.again.run(earlier.id);
    else this.#sql.add.run(iccid, mr, recipient, tpStatus, meaning, smscAt, dischargedAt, receivedAt, pdu, attemptId2);
  }
  *purge(now) {
    for (let after = 0; ; ) {
      const rows = this.#sql.purge.all(after, 100);
      for (const { id, receivedAt } of rows) {
        if (receivedAt > now - KEPT_MS2) return;
        this.#sql.remove.run(id);
        after = id;
      }
      if (rows.length < 100) return;
      yield;
    }
  }
};

// src/store/settlements.ts
var PROCESS_DIED = "EV-PROC-DIED";
var GOING = { rest: "going", reason: null };
var Settlements = class {
  #ledger;
  #attempts;
  #sims;
  #undecided;
  constructor(reader, parts) {
    this.#ledger = parts.ledger;
    this.#attempts = parts.attempts;
    this.#sims = parts.sims;
    this.#undecided = reader.prepare(
      `SELECT a.id, m.id AS messageId, m.rank, a.at, m.expires_at AS expiresAt FROM attempts a INDEXED BY attempts_decide
       JOIN messages m ON m.seq = a.id / 1048576 WHERE a.decide_at <= ? AND a.outcome = 'uncertain' ORDER BY a.decide_at LIMIT ?`
    );
  }
  settle(tx, attemptId2, settlement) {
    const attempt = this.#attempts.load(attemptId2);
    const row = this.#rowOf(attemptId2);
    if (!attempt || !row) return false;
    if (settlement.kind === "sent") return this.#sent(tx, row, attempt, settlement.mr, settlement.at);
    if (attempt.outcome !== "pending") return false;
    if (attempt.report !== null) return this.#sent(tx, row, attempt, null, settlement.at);
    const { n } = attemptPlace(attemptId2);
    const { at, cause } = settlement;
    if (settlement.kind === "uncertain") {
      this.#attempts.end(attemptId2, "uncertain", cause, settlement.decideAt, at);
      this.#ledger.begin(row, null);
      this.#ledger.followAttempt(tx, row, n, { decision: { rest: "going", reason: cause }, place: null, at });
      return true;
    }
    this.#attempts.end(attemptId2, settlement.outcome, cause, null, at);
    this.#sims.count(attempt.iccid, "failed");
    if (settlement.kind === "retry") {
      const place = { dueAt: settlement.dueAt, avoid: settlement.avoid };
      this.#ledger.followAttempt(tx, row, n, { decision: { rest: "queued", reason: cause }, place, at });
    } else {
      this.#ledger.followAttempt(tx, row, n, { decision: { rest: "going", reason: settlement.reason }, place: null, at }, "failed");
    }
    return true;
  }
  #sent(tx, row, attempt, mr, at) {
    if (attempt.outcome === "refused" || attempt.outcome === "notSent") return false;
    if (mr !== null && attempt.mrKnown === 0) this.#attempts.knowMr(attempt, mr);
    if (attempt.outcome === "sent") return false;
    this.#attempts.confirm(attempt.id, at);
    this.#sims.count(attempt.iccid, "sent");
    this.#ledger.begin(row, at);
    this.#ledger.followAttempt(tx, row, attemptPlace(attempt.id).n, { decision: GOING, place: null, at });
    return true;
  }
  recover(tx, now, decideAt) {
    let uncertain = 0;
    for (const attempt of this.#attempts.pending()) {
      const row = this.#rowOf(attempt.id);
      if (!row) continue;
      const when = decideAt(PURPOSES[row.rank] ?? "promotional") ?? null;
      if (attempt.report === null) uncertain += 1;
      this.settle(tx, attempt.id, { kind: "uncertain", cause: PROCESS_DIED, at: now, decideAt: when });
    }
    return uncertain;
  }
  undecided(now, limit) {
    return this.#undecided.all(now, limit).map(({ id, messageId, rank, at, expiresAt }) => ({
      attemptId: id,
      messageId,
      purpose: PURPOSES[rank] ?? "promotional",
      at,
      expiresAt
    }));
  }
  decide(tx, attemptId2, as, now) {
    const attempt = this.#attempts.load(attemptId2);
    const row = this.#rowOf(attemptId2);
    if (!attempt || !row || attempt.outcome !== "uncertain") return false;
    const { n } = attemptPlace(attemptId2);
    if (as === "sent") return this.#sent(tx, row, attempt, null, now);
    if (as === "failed" || row.expiresAt <= now) {
      this.#attempts.end(attemptId2, "failed", null, null, now);
      const decision = { rest: "going", reason: "unconfirmed" };
      this.#ledger.followAttempt(tx, row, n, { decision, place: null, at: now }, as === "failed" ? "failed" : "expired");
      return true;
    }
    this.#attempts.end(attemptId2, "resent", null, null, now);
    row.possibleDuplicate = 1;
    this.#ledger.followAttempt(tx, row, n, { decision: { rest: "queued", reason: "resend" }, place: READY_NOW, at: now });
    return true;
  }
  /**
   * Applies a final report to an attempt. False when it changes nothing: one like it came before, or the attempt was
   * surely not sent.
   * @param report `delivered` counts also after `undelivered`, never the other way round (D16)
   */
  report(tx, attemptId2, report, mr, reason, at) {
    const attempt = this.#attempts.load(attemptId2);
    const row = this.#rowOf(attemptId2);
    if (!attempt || !row || attempt.outcome === "refused" || attempt.outcome === "notSent") return false;
    if (attempt.report === "delivered" || attempt.report === report) return false;
    this.#attempts.setReport(attemptId2, report);
    if (attempt.mrKnown === 0) this.#attempts.knowMr(attempt, mr);
    if (report === "delivered") this.#sims.count(attempt.iccid, "delivered");
    const doubt = attempt.outcome === "uncertain" || report === "delivered" && (attempt.outcome === "resent" || attempt.outcome === "failed");
    if (doubt) {
      this.#attempts.confirm(attemptId2, at);
      this.#sims.count(attempt.iccid, "sent");
      this.#ledger.begin(row, at);
    }
    this.#ledger.followAttempt(tx, row, attemptPlace(attemptId2).n, { decision: { rest: "going", reason }, place: null, at });
    return true;
  }
  #rowOf(attemptId2) {
    return this.#ledger.load(attemptPlace(attemptId2).messageSeq);
  }
};

// src/store/sims.ts
var SEEN_AGAIN_MS = 36e5;
var Sims = class {
  #sql;
  constructor(writer, reader) {
    const count = (column) => writer.prepare(
      `INSERT INTO sims (iccid, ${column}) VALUES (?, 1) ON CONFLICT (iccid) DO UPDATE SET ${column} = ${column} + 1`
    );
    this.#sql = {
      sent: count("sent"),
      delivered: count("delivered"),
      failed: count("failed"),
      received: count("received"),
      see: writer.prepare(
        // Written only when it says something new, since a SIM is seen often.
        `INSERT INTO sims (iccid, imsi, number, seen_at) VALUES (?, ?, ?, ?) ON CONFLICT (iccid) DO UPDATE
         SET imsi = coalesce(excluded.imsi, imsi), number = coalesce(excluded.number, number), seen_at = excluded.seen_at
         WHERE (excluded.imsi IS NOT NULL AND excluded.imsi IS NOT imsi) OR (excluded.number IS NOT NULL AND excluded.number IS NOT number)
           OR seen_at IS NULL OR abs(excluded.seen_at - seen_at) >= ?`
      ),
      all: reader.prepare(
        "SELECT iccid, imsi, number, seen_at AS at, sent, delivered, failed, received FROM sims ORDER BY iccid"
      ),
      sentSince: reader.prepare(
        // Through the index of TP-MRs: 256 ranges for each SIM instead of an index of its own to be written with each segment.
        `WITH RECURSIVE mrs (mr) AS (VALUES (0) UNION ALL SELECT mr + 1 FROM mrs WHERE mr < 255)
         SELECT s.iccid, count(*) AS sent FROM sims s CROSS JOIN mrs CROSS JOIN attempts a INDEXED BY attempts_mr
         ON a.iccid = s.iccid AND a.mr = mrs.mr AND a.at >= ? WHERE a.outcome = 'sent' GROUP BY s.iccid`
      )
    };
  }
  see(sim) {
    this.#sql.see.run(sim.iccid, sim.imsi, sim.number, sim.at, SEEN_AGAIN_MS);
  }
  /** Adds one to a counter of a SIM, in the transaction of what is counted. */
  count(iccid, what) {
    this.#sql[what].run(iccid);
  }
  all() {
    return this.#sql.all.all().map(({ iccid, imsi, number, at, sent, delivered, failed, received }) => ({
      iccid,
      imsi,
      number,
      at: at ?? 0,
      counters: { sent, delivered, failed, received }
    }));
  }
  sentSince(since) {
    return new Map(this.#sql.sentSince.all(since).map(({ iccid, sent }) => [iccid, sent]));
  }
};

// src/store/sqlite-store.ts
async function openSqliteStore(options) {
  const { path } = options;
  prepareFolder(path);
  const lock = options.daemon ? lockFolder(path) : void 0;
  let writer;
  let reader;
  try {
    const file = join3(path, STORE_FILE);
    writer = connect(file);
    prepareFile(writer, options);
    reader = connectReader(file);
    return build2(writer, reader, options, () => lock?.release());
  } catch (error) {
    reader?.close();
    writer?.close();
    lock?.release();
    throw error;
  }
}
function prepareFile(db, { path, daemon, synchronous }) {
  const behind = schemaVersion(db) < MIGRATIONS.length;
  makeDurable(db, synchronous);
  if (behind && !daemon) {
    const lock = lockFolder(path);
    try {
      migrate(db);
    } finally {
      lock.release();
    }
  } else migrate(db);
  makeDurable(db, synchronous);
  if (daemon) shortWaits(db);
}
function build2(writer, reader, { clock, random, onFatal }, unlock) {
  const outbox = new Outbox(writer, reader);
  const events = new EventLog(writer, random, outbox);
  const hours = new Hours(writer, reader);
  const idempotency = new IdempotencyRecords(writer, reader);
  const sims = new Sims(writer, reader);
  const keys = new Keys2(writer, reader);
  const ledger = new Ledger(writer, events);
  const attempts = new Attempts(writer);
  const messages = new Messages(writer, { events, hours, idempotency, ledger });
  const claims = new Claims(writer, { ledger, attempts, refs: new ConcatRefs(writer, random) });
  const queue = new Queue(writer, reader, ledger);
  const settlements = new Settlements(reader, { ledger, attempts, sims });
  const reports = new Reports(writer, reader, settlements);
  const inbound = new Inbound2(writer, { events, hours, sims });
  const messageViews = new MessageViews(reader, hours);
  const inboundViews = new InboundViews(reader, hours);
  const eventViews = new EventViews(reader, { inbound: inboundViews, outbox });
  const alive = reader.prepare("SELECT 1 FROM messages LIMIT 1");
  const listeners = /* @__PURE__ */ new Set();
  const committer = new Committer({
    db: writer,
    clock,
    onFatal,
    onCommit(tx) {
      queue.committed(tx);
      if (tx.events > 0) for (const listener of listeners) listener();
    }
  });
  return {
    accept: (news, key) => committer.writeInSteps((tx) => messages.accept(tx, news, key)),
    recall: async (keyId, key) => idempotency.recall(keyId, key),
    claim: (request) => committer.writeInSteps((tx) => claims.claim(tx, request)),
    settle: (id, settlement) => committer.write((tx) => settlements.settle(tx, id, settlement)),
    recover: (now, decideAt) => committer.write((tx) => settlements.recover(tx, now, decideAt)),
    undecided: async (now, limit) => settlements.undecided(now, limit),
    decide: (id, as, now) => committer.write((tx) => settlements.decide(tx, id, as, now)),
    promote: (now) => committer.writeInSteps((tx) => queue.promote(tx, now)),
    nextDue: async () => queue.nextDue(),
    queueDepth: async () => queue.depth(),
    cancel: (id, now) => committer.write((tx) => messages.cancel(tx, id, now)),
    reportCandidates: async (iccid, mr, since) => reports.candidates(iccid, mr, since),
    report: (report) => committer.write((tx) => ({ applied: reports.report(tx, report) })),
    unmatchedReports: async (iccid, mr, since) => reports.unmatched(iccid, mr, since),
    findReceived: async (iccid, pdu, since) => inboundViews.findReceived(iccid, pdu, since),
    openGroups: async (key) => inboundViews.openGroups(key),
    receive: (received) => committer.write((tx) => ({ inboundId: inbound.receive(tx, received) })),
    surfaceIncomplete: (before2, now) => committer.writeInSteps((tx) => inbound.surface(tx, before2, now)),
    oldestHidden: async () => inboundViews.oldestHidden(),
    latestTo: async (number, iccid, since) => messageViews.latestTo(number, iccid, since),
    seeSim: (sim) => committer.write(() => sims.see(sim)),
    sims: async () => sims.all(),
    sentSince: async (since) => sims.sentSince(since),
    message: async (id) => messageViews.message(id),
    messages: async (filter, page) => messageViews.messages(filter, page),
    inbound: async (id) => inboundViews.inbound(id),
    inbounds: async (filter, page) => inboundViews.inbounds(filter, page),
    events: async (after, limit) => eventViews.after(after, limit),
    lastEvent: async () => eventViews.last(),
    onEvents(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setEndpoints: (endpoints) => outbox.setEndpoints(endpoints),
    dueDeliveries: async (endpoint, now, limit) => eventViews.dueDeliveries(endpoint, now, limit),
    nextDelivery: async (endpoint) => outbox.next(endpoint),
    settleDelivery: (id, outcome2) => committer.write(() => outbox.settle(id, outcome2)),
    createKey: (key) => committer.write(() => keys.add(key)),
    findKey: (hash2) => keys.find(hash2),
    keys: async () => keys.all(),
    async purge(now) {
      await committer.writeInSteps(() => idempotency.purge(now));
      await committer.writeInSteps(() => outbox.purge(now));
      await committer.writeInSteps(() => reports.purge(now));
    },
    check() {
      alive.get();
    },
    async close() {
      await committer.close();
      if (!writer.open) return;
      reader.close();
      writer.close();
      unlock();
    }
  };
}

// zz-bench-server.mts
var store = await openSqliteStore({ path: await mkdtemp("/tmp/exp/bench/d-"), clock: systemClock, random: systemRandom, daemon: true, onFatal: (e) => {
  throw e;
} });
var k = makeKey("x", ["send", "read"], systemClock, systemRandom);
await store.createKey(k.record);
var acceptance = new Acceptance({ store, clock: systemClock, random: systemRandom, rules: { country: "UA", maxSegments: 10, validFor: { otp: 300, urgent: 3600, service: 86400, promotional: 86400 }, simNamed: () => void 0 }, onAccepted: () => {
} });
var app = await buildApi({ store, acceptance, modems: () => [], sims: () => [], readiness: () => ({ ready: true, reasons: [] }), clock: systemClock, random: systemRandom, log: createLog("info"), limits: DEFAULT_LIMITS, simName: () => null, normalizeNumber: (x) => toE164(x, "UA"), version: "0.1.0" });
await app.listen({ port: 8098, host: "127.0.0.1" });
var bare = Fastify2();
bare.get("/", async () => ({ hello: "world" }));
bare.post("/", async () => ({ hello: "world" }));
await bare.listen({ port: 8097, host: "127.0.0.1" });
var h = monitorEventLoopDelay({ resolution: 5 });
h.enable();
var c0 = process.cpuUsage();
process.on("SIGUSR2", () => {
  const c = process.cpuUsage(c0);
  c0 = process.cpuUsage();
  process.stdout.write(`cpu user ${c.user} sys ${c.system} loop max ${(h.max / 1e6).toFixed(1)} p99 ${(h.percentile(99) / 1e6).toFixed(1)}
`);
  h.reset();
});
process.on('SIGTERM', () => {for(const[k,v]of Object.entries(__t)){v.sort((a,b)=>a-b);console.log(k,v.length,'p50',v[v.length>>1].toFixed(2),'p99',v[Math.floor(v.length*.99)].toFixed(2),'max',v.at(-1).toFixed(2));}process.exit(0)});
process.stdout.write(k.key + "\n");
