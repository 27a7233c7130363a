// Made from openapi.json by generate.mjs beside it; not to be changed by hand.

export type SendMessage = {
  /** One number: E.164, or as people in the country of the site write it. */
  readonly to: string;
  /** What the client reads. Characters outside the GSM 7-bit alphabet make it UCS2 (70 characters a segment instead of 160). Line feed, carriage return, form feed and tab may stand in it, other control characters may not. */
  readonly text: string;
  /** What it is for: decides how soon it goes and which rules of policy apply. The text of an `otp` is never shown again. */
  readonly purpose?: "otp" | "urgent" | "service" | "promotional";
  /** What sort of text it is, for what the lint looks for; by the purpose and the words unless given. */
  readonly kind?: "reminder" | "confirmation" | "offer" | "other";
  /** The SIM to send through: an ICCID or a configured name. */
  readonly sim?: string;
  /** Seconds that it stays worth sending; after that it expires. */
  readonly validFor?: number;
  /** Not before then, but for a reminder (`notAfter`) that quiet hours move to the evening before: RFC 3339 with an offset. */
  readonly sendAt?: string;
  /** Of a reminder: the moment of what it reminds of, RFC 3339 with an offset. It is never sent later. Where quiet hours are in its way it goes after them if that leaves three hours (`policy.reminderLead`), else before them. */
  readonly notAfter?: string;
  /** What becomes of it when no allowed hour is left before its time: 422 `noWindow`, or it goes all the same. */
  readonly ifNoWindow?: "refuse" | "send";
  /** Class 0: shown at once, usually not kept by the phone. */
  readonly flash?: boolean;
  /** Write it in letters of the GSM 7-bit alphabet, for fewer segments, if all of it can be; otherwise it goes as it is. */
  readonly transliterate?: boolean;
  /** What it is about, in one word of yours (`reminder`, `greeting`, `news`): a client who answers STOP to a service text ends its topic, or its purpose where it has none. */
  readonly topic?: string;
  /** Your own reference, kept and given back. */
  readonly reference?: string;
  /** A person who is logged in answers a client who has written or called: quiet hours and frequency caps then warn (verdict `warn`) and hold nothing. 403 with an API key, since a program is no person. */
  readonly byHand?: boolean;
  /** Check and plan only: 200 with what would be, nothing stored, nothing sent. */
  readonly dryRun?: boolean;
};

export type Released = {
  readonly id: string;
  readonly status: "queued";
  readonly reason: "released";
};

export type ReleaseMessage = {
  /** Why it may go now; kept with your key in the audit log. */
  readonly reason: string;
};

export type Resolve = {
  /** `sent`: it went out, count it so; `failed`: it did not, give it up; `resend`: send what is in doubt once more, flagged `possibleDuplicate`. */
  readonly as: "sent" | "failed" | "resend";
};

export type BatchItem = {
  /** One number: E.164, or as people in the country of the site write it. */
  readonly to: string;
  /** What the client reads. Characters outside the GSM 7-bit alphabet make it UCS2 (70 characters a segment instead of 160). Line feed, carriage return, form feed and tab may stand in it, other control characters may not. */
  readonly text: string;
  /** What it is for: decides how soon it goes and which rules of policy apply. The text of an `otp` is never shown again. */
  readonly purpose?: "otp" | "urgent" | "service" | "promotional";
  /** What sort of text it is, for what the lint looks for; by the purpose and the words unless given. */
  readonly kind?: "reminder" | "confirmation" | "offer" | "other";
  /** The SIM to send through: an ICCID or a configured name. */
  readonly sim?: string;
  /** Seconds that it stays worth sending; after that it expires. */
  readonly validFor?: number;
  /** Not before then, but for a reminder (`notAfter`) that quiet hours move to the evening before: RFC 3339 with an offset. */
  readonly sendAt?: string;
  /** Of a reminder: the moment of what it reminds of, RFC 3339 with an offset. It is never sent later. Where quiet hours are in its way it goes after them if that leaves three hours (`policy.reminderLead`), else before them. */
  readonly notAfter?: string;
  /** What becomes of it when no allowed hour is left before its time: 422 `noWindow`, or it goes all the same. */
  readonly ifNoWindow?: "refuse" | "send";
  /** Class 0: shown at once, usually not kept by the phone. */
  readonly flash?: boolean;
  /** Write it in letters of the GSM 7-bit alphabet, for fewer segments, if all of it can be; otherwise it goes as it is. */
  readonly transliterate?: boolean;
  /** What it is about, in one word of yours (`reminder`, `greeting`, `news`): a client who answers STOP to a service text ends its topic, or its purpose where it has none. */
  readonly topic?: string;
  /** Your own reference, kept and given back. */
  readonly reference?: string;
};

/** One text for one recipient, with its segments and every attempt to send them. */
export type Message = {
  /** Null for a dry run. */
  readonly id: string | null;
  /** E.164. */
  readonly to: string;
  /** As the caller gave it; null where it is hidden or was erased. */
  readonly text: string | null;
  /** True for `otp`: a code is shown to nobody but its recipient. */
  readonly textHidden: boolean;
  readonly textErasedAt: string | null;
  readonly purpose: "otp" | "urgent" | "service" | "promotional";
  readonly status: "accepted" | "held" | "queued" | "sending" | "sent" | "delivered" | "undelivered" | "refused" | "failed" | "expired" | "cancelled" | "uncertain";
  /** Why the status is what it is, where there is something to say: `scheduled`, `simAtItsCap`, `partial` ... */
  readonly reason: string | null;
  readonly encoding: "gsm7" | "ucs2";
  readonly segmentCount: number;
  /** True once something happened that can have put a second copy on the air. */
  readonly possibleDuplicate: boolean;
  readonly flash: boolean;
  /** Whether the text as sent differs from the text as given. */
  readonly transliterated: boolean;
  readonly topic: string | null;
  readonly reference: string | null;
  /** ICCID of the SIM that it goes or went through, or was asked for. */
  readonly sim: string | null;
  readonly sendAt: string | null;
  readonly notAfter: string | null;
  /** When it was accepted (for a dry run: would have been). */
  readonly acceptedAt: string;
  /** Not after then. */
  readonly expiresAt: string;
  /** When it last changed. */
  readonly updatedAt: string;
  /** Id of the API key that it came with. */
  readonly key: string;
  /** Of the contact with this number, or of up to three who share it; to whom may read, where messages are listed and shown. */
  readonly name?: string | null;
  /** True where the disk has not kept what was written: the text, the number or another field may be wrong. What is not sent of it never will be (`failed`, reason `damaged`); restore a backup. */
  readonly damaged: boolean;
  readonly dueAt: string | null;
  /** What policy decided when it was asked last (with the message, or when its turn came), and what each rule said then. */
  readonly policy: {
    /** When policy was asked last; what is so now is `status`. */
    readonly decidedAt: string;
    readonly decision: "send" | "hold" | "refuse";
    readonly until: string | null;
    /** Who let it go although policy held it, and why. */
    readonly released: {
      /** When. */
      readonly at: string;
      readonly key: string;
      readonly reason: string;
    } | null;
    readonly rules: readonly ({
      readonly rule: string;
      /** `warn`: it goes, since a person answers by hand; another message would be held for this reason. */
      readonly verdict: "pass" | "warn" | "hold" | "refuse";
      readonly reason: string;
    })[];
  };
  /** What it will cost through the SIM that would carry it, by `prices` of the configuration; null where no price is known. What each segment did cost stands with its attempts. */
  readonly cost?: {
    readonly segments: number;
    /** A decimal number as text, since a bill is exact. */
    readonly amount: string;
    /** ISO 4217. */
    readonly currency: string;
    /** ICCID of the SIM that would carry it, as things are now. */
    readonly sim: string;
  } | null;
  /** With 202, while the queue is long (`queue.softLimit`): about how long it waits for its turn. */
  readonly queueDelaySeconds?: number;
  /** What could be better about the text (`[lint]`). */
  readonly advice?: readonly ({
    readonly rule: "shouting" | "threat" | "senderName" | "wayOut" | "confirmation";
    /** What the rule found, for programs. */
    readonly reason: "shouting" | "threat" | "senderName" | "wayOut" | "confirmationTime" | "confirmationPlace";
    /** What is wrong and what to do, in the language of the site. */
    readonly sentence: string;
    /** Which words it is about, in UTF-16 units of the text, the end exclusive; null where something is missing. */
    readonly where: {
      readonly from: number;
      readonly to: number;
    } | null;
  })[];
  readonly segments: readonly ({
    /** Its place in the message. */
    readonly n: number;
    readonly state: "queued" | "sending" | "sent" | "delivered" | "undelivered" | "uncertain" | "failed" | "expired" | "refused" | "cancelled";
    /** TP-MR of the last attempt that got one. */
    readonly mr: number | null;
    readonly attempts: readonly ({
      /** ICCID. */
      readonly sim: string;
      /** When it began. */
      readonly at: string;
      /** `uncertain`: it may have gone out; `resent`: so it was sent once more, flagged. */
      readonly outcome: "pending" | "sent" | "refused" | "notSent" | "uncertain" | "resent" | "failed";
      /** `CMS-38`, `CME-30`, `EV-TIMEOUT`, `CMS-512/wavecom` where the meaning is a maker’s own ... or null. */
      readonly cause: string | null;
      /** Why this SIM: it was `requested`; other segments had `begun` there; the client knows it (`sticky`); it is `preferred` for such numbers or `cheapest`; it was the `onlyOne` that could; it was the `first` that was free, the least loaded of several. Null for attempts of before this was kept. */
      readonly choice: "requested" | "begun" | "sticky" | "preferred" | "cheapest" | "onlyOne" | "first" | null;
      /** What the segment costs where the network took it, by the prices of then; null where none was known. */
      readonly price: {
        /** A decimal number as text, since a bill is exact. */
        readonly amount: string;
        /** ISO 4217. */
        readonly currency: string;
      } | null;
    })[];
  })[];
  readonly events: readonly ({
    readonly type: string;
    /** When. */
    readonly at: string;
    readonly reason: string | null;
  })[];
};

/** A message as events show it. */
export type MessageSummary = {
  /** Null for a dry run. */
  readonly id: string | null;
  /** E.164. */
  readonly to: string;
  /** As the caller gave it; null where it is hidden or was erased. */
  readonly text: string | null;
  /** True for `otp`: a code is shown to nobody but its recipient. */
  readonly textHidden: boolean;
  readonly textErasedAt: string | null;
  readonly purpose: "otp" | "urgent" | "service" | "promotional";
  readonly status: "accepted" | "held" | "queued" | "sending" | "sent" | "delivered" | "undelivered" | "refused" | "failed" | "expired" | "cancelled" | "uncertain";
  /** Why the status is what it is, where there is something to say: `scheduled`, `simAtItsCap`, `partial` ... */
  readonly reason: string | null;
  readonly encoding: "gsm7" | "ucs2";
  readonly segmentCount: number;
  /** True once something happened that can have put a second copy on the air. */
  readonly possibleDuplicate: boolean;
  readonly flash: boolean;
  /** Whether the text as sent differs from the text as given. */
  readonly transliterated: boolean;
  readonly topic: string | null;
  readonly reference: string | null;
  /** ICCID of the SIM that it goes or went through, or was asked for. */
  readonly sim: string | null;
  readonly sendAt: string | null;
  readonly notAfter: string | null;
  /** When it was accepted (for a dry run: would have been). */
  readonly acceptedAt: string;
  /** Not after then. */
  readonly expiresAt: string;
  /** When it last changed. */
  readonly updatedAt: string;
  /** Id of the API key that it came with. */
  readonly key: string;
};

export type BatchResult = {
  readonly results: readonly (Message | {
    readonly problem: Problem;
  })[];
};

export type SendCode = {
  /** One number, as for a message. */
  readonly to: string;
  /** What the code is for: `signIn`, `payment`, `confirmNumber`, `passwordChange`, `unlock`, or the name of an `[[otpTemplate]]`. */
  readonly template?: string;
  /** In which the text is written; that of the site unless given. */
  readonly language?: "uk" | "ru" | "en" | "kk" | "pl";
  /** How many digits the code has. */
  readonly length?: number;
  /** Seconds that the code is good; a text that has not gone out by then is not sent. `messages.validFor.otp` unless given. */
  readonly validFor?: number;
};

/** A code on its way. The code itself is told to nobody but the recipient. */
export type IssuedCode = {
  /** For `POST /v1/otp/{id}/verify`. */
  readonly id: string;
  /** The message that carries it. */
  readonly messageId: string;
  /** Until then it is good. */
  readonly expiresAt: string;
  /** How often it may be tried. */
  readonly attemptsLeft: number;
  /** Segments that the text takes. */
  readonly segmentCount: number;
  /** What it will cost through the SIM that would carry it, by `prices` of the configuration; null where no price is known. What each segment did cost stands with its attempts. */
  readonly cost: {
    readonly segments: number;
    /** A decimal number as text, since a bill is exact. */
    readonly amount: string;
    /** ISO 4217. */
    readonly currency: string;
    /** ICCID of the SIM that would carry it, as things are now. */
    readonly sim: string;
  } | null;
};

export type VerifyCode = {
  /** As the client typed it in; blanks and hyphens do not matter. */
  readonly code: string;
};

export type CodeVerdict = {
  readonly valid: boolean;
  /** Why it is not valid. `superseded`: a newer code went to the same number. Null when it is valid. */
  readonly reason: "wrong" | "expired" | "used" | "superseded" | "noAttemptsLeft" | null;
  readonly attemptsLeft: number;
};

/** What a client wrote. */
export type Inbound = {
  readonly id: string;
  /** `mms`: the operator tells of an MMS that waits there; it is not fetched, and `text` is null. */
  readonly kind: "text" | "mms";
  /** E.164, a short code, or the letters of an alphanumeric sender. */
  readonly from: string;
  /** The whole text; null while segments are missing, and once it was erased. */
  readonly text: string | null;
  readonly textErasedAt: string | null;
  /** When its first segment came from the modem. */
  readonly receivedAt: string;
  readonly complete: boolean;
  /** ICCID of the SIM that it was sent to. */
  readonly sim: string;
  /** The SMSC's own time (TP-SCTS) with its own offset. */
  readonly smscTime: string | null;
  /** Id of the message that it most likely answers. */
  readonly answers: string | null;
  /** What Simpost took it for: `stop`, `start`, `help`, `yes`, `visit`, `wrongNumber`, `unsure`; null for anything else. */
  readonly meaning: string | null;
  /** The rule of the site that took it (`GET /v1/rules`). */
  readonly rule: string | null;
  /** What that rule marked it with. */
  readonly tag: string | null;
  /** How many segments it has. */
  readonly total: number;
  /** One more each time that what is shown changed. */
  readonly revision: number;
  /** What the notification of an MMS says; null for a text. */
  readonly mms: {
    /** Who sent it: E.164 or an e-mail address; `from` is mostly the operator. */
    readonly from: string | null;
    readonly size: number | null;
  } | null;
  /** What was wrong, where it could not be read; the raw PDU is in `segments`. */
  readonly problem: string | null;
  /** How often the network delivered it again. */
  readonly duplicates: number;
  readonly segments: readonly ({
    readonly n: number;
    readonly text: string;
    /** As the modem gave it, hexadecimal. */
    readonly pdu: string;
    /** When it came. */
    readonly receivedAt: string;
  })[];
};

/** Somebody called a SIM. Calls are never answered here. */
export type Call = {
  readonly id: string;
  /** E.164 where it can be, or a short number; null where it was not told. */
  readonly from: string | null;
  /** The caller keeps the number back. */
  readonly withheld: boolean;
  /** ICCID of the SIM that was called. */
  readonly sim: string;
  readonly state: "ringing" | "missed";
  /** When it first rang. */
  readonly startedAt: string;
  /** Seconds from the first ring to the end; null while it rings. */
  readonly duration: number | null;
  readonly rings: number;
  /** It was hung up here (`calls.hangUpAfter`). */
  readonly hungUp: boolean;
};

/** A card: the number that clients see, with its counters. */
export type Sim = {
  readonly iccid: string;
  /** Its name in the configuration. */
  readonly name: string | null;
  readonly imsi: string | null;
  /** Its own number, where the SIM knows it. */
  readonly number: string | null;
  /** The number of the SMSC on the SIM, while it is in a modem; without one nothing can be sent. */
  readonly smsc: string | null;
  /** `absent`: seen before, in no modem now. */
  readonly state: "ready" | "notReady" | "absent";
  /** `barred`: the network takes nothing through it, so nothing is sent but one message after 1, 6 and 24 hours. `silent`: what is sent is taken, and no reports come. */
  readonly trouble: {
    readonly kind: "barred" | "silent";
    /** When it was noticed. */
    readonly since: string;
    /** What is wrong, in words. */
    readonly sentence: string;
    /** What a person should do about it. */
    readonly nextStep: string;
  } | null;
  /** What may go through it; nothing where it is not `enabled`. */
  readonly purposes: readonly ("otp" | "urgent" | "service" | "promotional")[];
  /** Its share beside other SIMs that suit as well. */
  readonly weight: number;
  /** What is not sent through it while paused; see `/v1/sending`. */
  readonly pausedPurposes: readonly ("otp" | "urgent" | "service" | "promotional")[];
  /** Its limits (`[simDefaults]`, `[[sim]]`) that are not 0, and what is used of them. Every try counts. */
  readonly caps: readonly ({
    readonly name: "perMinute" | "perHour" | "perDay" | "perMonth" | "uniquePerDay" | "uniquePerMonth";
    readonly used: number;
    readonly limit: number;
  })[];
  readonly waitsUntil: string | null;
  /** Which cap that is, and what it holds back, in words. */
  readonly waitsFor: string | null;
  /** What an owner lets go past them (`PUT /v1/sims/{iccid}/allowance`). */
  readonly allowance: {
    /** Urgent segments that may still go past its caps. */
    readonly segments: number;
    /** Until when. */
    readonly until: string;
    readonly reason: string;
  } | null;
  readonly operator: string | null;
  readonly signalDbm: number | null;
  readonly lastSeenAt: string | null;
  /** What the operator said is left on it, when it was last asked (`balance.every`). */
  readonly balance: {
    /** Of money; null where the operator told only of a package. */
    readonly amount: number | null;
    /** ISO 4217. */
    readonly currency: string | null;
    /** What is left of a package, in `SMS`, `min`, `MB` or `GB`. */
    readonly package: {
      readonly left: number;
      readonly unit: string;
    } | null;
    /** When the operator said so. */
    readonly checkedAt: string;
  } | null;
  /** Where it sends no more: which SIM its clients know now, and why. */
  readonly retired: {
    /** ICCID. */
    readonly successor: string;
    readonly reason: string;
    /** Since when. */
    readonly at: string;
  } | null;
  /** Segments that are paid with its plan (`package`), by what was sent from here. */
  readonly package: {
    /** Segments of a month. */
    readonly size: number;
    readonly used: number;
    readonly left: number;
    /** When the next month of the plan begins. */
    readonly renewsAt: string;
    readonly endsAt: string | null;
  } | null;
  readonly toppedUpAt: string | null;
  readonly topUpBy: string | null;
  readonly paidAt: string | null;
  readonly payBy: string | null;
  /** Which of its first days it is, in which its caps grow (`warmUpDays`). */
  readonly warmUpDay: number | null;
  /** What will become of it, in words. */
  readonly outlook: readonly (string)[];
  readonly counters: {
    /** Segments. */
    readonly sent: number;
    /** Segments. */
    readonly delivered: number;
    /** Segments. */
    readonly failed: number;
    /** Segments. */
    readonly received: number;
  };
};

/** A SIM with less left than `balanceBelow`. */
export type SimBalance = {
  /** ICCID. */
  readonly sim: string;
  /** Of money; null where the operator told only of a package. */
  readonly amount: number | null;
  /** ISO 4217. */
  readonly currency: string | null;
  /** What is left of a package, in `SMS`, `min`, `MB` or `GB`. */
  readonly package: {
    readonly left: number;
    readonly unit: string;
  } | null;
  /** When the operator said so. */
  readonly checkedAt: string;
};

export type SimPlan = {
  /** ICCID. */
  readonly sim: string;
  /** Segments that are paid with its plan (`package`), by what was sent from here. */
  readonly package: {
    /** Segments of a month. */
    readonly size: number;
    readonly used: number;
    readonly left: number;
    /** When the next month of the plan begins. */
    readonly renewsAt: string;
    readonly endsAt: string | null;
  } | null;
  readonly toppedUpAt: string | null;
  readonly topUpBy: string | null;
  readonly paidAt: string | null;
  readonly payBy: string | null;
  /** Which of its first days it is, in which its caps grow (`warmUpDays`). */
  readonly warmUpDay: number | null;
  /** What will become of it, in words. */
  readonly outlook: readonly (string)[];
};

/** A SIM that needs somebody: told once, until it is over. */
export type SimAttention = {
  /** ICCID. */
  readonly sim: string;
  readonly kind: "packageEnding" | "packageUsedUp" | "topUpDue" | "paidEventDue";
  /** What it is, and what to do, in words. */
  readonly sentence: string;
};

export type TopUp = {
  /** When: RFC 3339 with an offset; now unless given. */
  readonly at?: string;
};

export type Allow = {
  /** How many urgent segments may go past its caps. */
  readonly segments: number;
  /** For how long. */
  readonly seconds?: number;
  /** Why, for whoever reads the audit log. */
  readonly reason: string;
};

export type Allowed = {
  /** ICCID. */
  readonly sim: string;
  readonly allowance: {
    /** Urgent segments that may still go past its caps. */
    readonly segments: number;
    /** Until when. */
    readonly until: string;
    readonly reason: string;
  } | null;
};

export type Retire = {
  /** The SIM that its clients know from now on: an ICCID or a name. */
  readonly successor: string;
  /** Why, for whoever reads the audit log. */
  readonly reason: string;
};

export type Retired = {
  /** ICCID. */
  readonly sim: string;
  readonly retired: {
    /** ICCID. */
    readonly successor: string;
    readonly reason: string;
    /** Since when. */
    readonly at: string;
  } | null;
};

/** What happened to the box itself. */
export type Notice = {
  /** One sentence: what happened, and what to do. */
  readonly detail: string;
};

/** How a SIM stands with its operator from now on. */
export type SimStanding = {
  /** ICCID. */
  readonly sim: string;
  readonly standing: "well" | "barred" | "silent";
  /** Of the last segment that was refused, where it is barred: `CMS-50`. */
  readonly cause: string | null;
  /** When it was noticed. */
  readonly at: string;
};

/** A device: on its port, or, once it is gone, as it last was. */
export type Modem = {
  readonly imei: string | null;
  /** Null for a modem that is plugged in nowhere. */
  readonly port: string | null;
  /** The USB socket that it is in, or was last: bus and chain of hub ports, as `lsusb -t` counts them. */
  readonly usbPath: string | null;
  /** Others answer the same IMEI now, as some pools do: they are told apart by their ports. */
  readonly sharedImei: boolean;
  readonly name: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  /** By which profile it is spoken to (`firmware-config/profiles`): `generic` where none is for its make. Null until it said what it is. */
  readonly profile: string | null;
  readonly state: "absent" | "opening" | "identifying" | "unlocking" | "registering" | "ready" | "degraded" | "failed";
  /** What the first sentence says, for whoever says it in another language. */
  readonly reason: "notStarted" | "opening" | "identifying" | "simMissing" | "simStarting" | "pinNeeded" | "pinKept" | "pinNameless" | "pinRefused" | "pinSpent" | "pinDoubtful" | "pukNeeded" | "locked" | "simFaulty" | "searching" | "notRegistered" | "abroad" | "ready" | "overdue" | "portGone" | "portUnreachable" | "portBusy" | "portForbidden" | "portNotSerial" | "mute" | "startingAnew" | "dead" | "noAt" | "refused" | "otherPort" | "unplugged" | "neverSeen" | "stopped";
  /** What is wrong besides, although it may be of use. */
  readonly notes: readonly ({
    readonly code: "sharedImei" | "otherProgram" | "simBusy" | "notAnnounced" | "noReports" | "notDeleted" | "storageFilling" | "segmentsRefused";
    readonly sentence: string;
    /** Of messages or segments; of `storageFilling` percent. */
    readonly count: number | null;
    /** Of `otherProgram` which, of `segmentsRefused` the cause: `CMS-50`. */
    readonly detail: string | null;
  })[];
  /** How it is, in words, the notes included. */
  readonly sentence: string;
  /** What a person should do about it, if anything. */
  readonly nextStep: string | null;
  /** ICCID of the card in it. */
  readonly sim: string | null;
};

/** What was said to a modem, and what it said. Texts, PDUs, PINs and all digits of a number after the sixth are taken out. */
export type Trace = {
  readonly port: string;
  /** What is being written into a file now. */
  readonly recording: {
    /** On the machine of the daemon. */
    readonly file: string;
    /** When it ends by itself. */
    readonly until: string;
  } | null;
  /** The number of the newest line; it begins at 1 again when the daemon starts. */
  readonly last: number;
  /** At most the last 200, oldest first. */
  readonly lines: readonly ({
    readonly n: number;
    /** When it was said. */
    readonly at: string;
    readonly direction: "sent" | "heard";
    readonly text: string;
  })[];
};

export type RecordTrace = {
  /** How long; then it ends by itself. */
  readonly seconds: number;
};

/** How well a modem heard its network. */
export type Signal = {
  readonly imei: string;
  /** The oldest first, one each five minutes while there was a SIM in it. */
  readonly data: readonly ({
    /** When it was asked. */
    readonly at: string;
    /** Null while it was not registered, or did not tell. */
    readonly dbm: number | null;
    /** ICCID of the card that was in it. */
    readonly sim: string;
  })[];
};

export type GivePin = {
  /** 4 to 8 digits. */
  readonly pin: string;
  /** Also has the SIM ask for it no more. */
  readonly switchOff?: boolean;
};

export type PinTaken = {
  /** Whether the SIM will ask for it again, once it was without power. */
  readonly asksAgain: boolean;
};

/** Either `code`, or `sessionId` and `answer`. */
export type AskUssd = {
  /** A question to the operator, such as `*101#`; begins a session. */
  readonly code?: string;
  /** Of the answer before, where the network asked back. */
  readonly sessionId?: string;
  /** What to answer; with characters outside of the GSM alphabet at most 80. */
  readonly answer?: string;
};

export type UssdAnswer = {
  /** What the network said; may be empty. */
  readonly text: string;
  /** To answer with within two minutes; null when the session is over. */
  readonly sessionId: string | null;
  /** The session is over. */
  readonly done: boolean;
};

export type Forwarding = {
  /** Where calls shall go: a number in any usual writing of the country of the site. */
  readonly to: string;
  /** With `always` no call rings here, so none is listed as missed. */
  readonly when: "unreachable" | "busy" | "noReply" | "always";
};

export type ForwardingSet = {
  /** E.164. */
  readonly to: string;
  readonly when: "unreachable" | "busy" | "noReply" | "always";
  readonly costs: boolean;
  /** What it costs, in a sentence to show to a person. */
  readonly notice: string;
};

export type ForwardingEnded = {
  readonly forwarding: null;
};

export type ForwardingState = {
  readonly forwarding: readonly ({
    readonly when: "unreachable" | "busy" | "noReply" | "always";
    /** As the network has it; mostly E.164. */
    readonly to: string;
  })[];
};

export type PreviewRequest = {
  readonly text: string;
  readonly transliterate?: boolean;
  /** Whom it would go to, for the price; any number of the site’s country unless given. */
  readonly to?: string;
  readonly purpose?: "otp" | "urgent" | "service" | "promotional";
  /** The SIM to send through, as in `POST /v1/messages`. */
  readonly sim?: string;
  /** What sort of text it is, for what the lint looks for; by the purpose and the words unless given. */
  readonly kind?: "reminder" | "confirmation" | "offer" | "other";
};

/** How a text would be cut, and why. */
export type Preview = {
  readonly encoding: "gsm7" | "ucs2";
  /** Septets (an extension character takes two) or UTF-16 units, of the whole text. */
  readonly units: number;
  readonly segmentCount: number;
  /** The most that a message may have (`messages.maxSegments`). */
  readonly maxSegments: number;
  /** As a message it would be refused with `textTooLong`. */
  readonly tooLong: boolean;
  /** 160, 153, 70 or 67 ...: how much each segment holds, now that there are so many. */
  readonly unitsPerSegment: number;
  /** Units left before one more segment is needed. */
  readonly room: number;
  readonly segments: readonly ({
    readonly text: string;
    readonly units: number;
  })[];
  /** The characters that the GSM 7-bit alphabet lacks, each once. */
  readonly forcedBy: readonly (string)[];
  /** What to write instead to stay in the GSM 7-bit alphabet. */
  readonly suggestions: readonly ({
    readonly character: string;
    readonly replacement: string;
  })[];
  /** The text as it would be sent. */
  readonly text: string;
  /** What it will cost through the SIM that would carry it, by `prices` of the configuration; null where no price is known. What each segment did cost stands with its attempts. */
  readonly cost: {
    readonly segments: number;
    /** A decimal number as text, since a bill is exact. */
    readonly amount: string;
    /** ISO 4217. */
    readonly currency: string;
    /** ICCID of the SIM that would carry it, as things are now. */
    readonly sim: string;
  } | null;
  /** What could be better about the text (`[lint]`). */
  readonly advice: readonly ({
    readonly rule: "shouting" | "threat" | "senderName" | "wayOut" | "confirmation";
    /** What the rule found, for programs. */
    readonly reason: "shouting" | "threat" | "senderName" | "wayOut" | "confirmationTime" | "confirmationPlace";
    /** What is wrong and what to do, in the language of the site. */
    readonly sentence: string;
    /** Which words it is about, in UTF-16 units of the text, the end exclusive; null where something is missing. */
    readonly where: {
      readonly from: number;
      readonly to: number;
    } | null;
  })[];
};

export type Costs = {
  /** The first instant that counts. */
  readonly from: string;
  /** The first that counts no more. */
  readonly to: string;
  readonly groupBy: "purpose" | "sim" | "key" | "day" | "hour";
  /** One sum for each group and currency. */
  readonly data: readonly ({
    /** A purpose, an ICCID, the id of a key, or a day at the site as `2026-11-22`. */
    readonly group: string;
    /** ISO 4217; null for segments of which the price was not known. */
    readonly currency: string | null;
    /** Copies that the network took. */
    readonly segments: number;
    /** A decimal number as text; null where the price was not known. */
    readonly amount: string | null;
    /** Copies that may have gone out and may have been charged; they are not in the sum. */
    readonly inDoubt: {
      readonly segments: number;
      /** A decimal number as text; null where the price was not known. */
      readonly amount: string | null;
    };
  })[];
  /** One sum for each currency. */
  readonly totals: readonly ({
    /** ISO 4217; null for segments of which the price was not known. */
    readonly currency: string | null;
    /** Copies that the network took. */
    readonly segments: number;
    /** A decimal number as text; null where the price was not known. */
    readonly amount: string | null;
    /** Copies that may have gone out and may have been charged; they are not in the sum. */
    readonly inDoubt: {
      readonly segments: number;
      /** A decimal number as text; null where the price was not known. */
      readonly amount: string | null;
    };
  })[];
};

export type EstimateRequest = {
  /** Clients. */
  readonly recipients: number;
  /** Messages to each of them in a month. */
  readonly sendsPerMonth: number;
  /** What they read; or `length` and `letters` instead. */
  readonly text?: string;
  /** Characters of the text, where it is not written yet. */
  readonly length?: number;
  /** What it is written in; with `length`. */
  readonly letters?: "cyrillic" | "latin";
  /** Of a hundred messages, how many are of each purpose; all `service` unless given. */
  readonly shares?: {
    readonly otp?: number;
    readonly service?: number;
    readonly promotional?: number;
  };
  /** In which messages go out. */
  readonly hoursPerDay?: number;
  /** As if there were so many SIMs, with the caps of `[simDefaults]`; those in a modem now unless given. */
  readonly sims?: number;
  /** A number as theirs are, for the price; any of the site’s country unless given. */
  readonly to?: string;
  /** The SIM whose price is taken: an ICCID or a name. */
  readonly sim?: string;
};

export type Estimate = {
  readonly encoding: "gsm7" | "ucs2";
  /** Segments of one message. */
  readonly segmentsEach: number;
  /** Messages of a month. */
  readonly sends: number;
  /** Segments of a month. */
  readonly segments: number;
  readonly byPurpose: readonly ({
    readonly purpose: "otp" | "service" | "promotional";
    readonly sends: number;
    readonly segments: number;
  })[];
  /** What a month costs: a decimal number as text; null where no price is known. */
  readonly amount: string | null;
  readonly currency: string | null;
  readonly simsThere: number;
  /** SIMs with the caps of `[simDefaults]` that carry a month within a month. */
  readonly simsNeeded: number;
  /** Days that the SIMs there are take for a month under their caps; beyond 30 they do not keep up. Null where they cannot at all. */
  readonly daysNeeded: number | null;
  /** The same message with fewer segments. Of a text of which only the length is known, Latin letters are taken to be a tenth more than Cyrillic ones. */
  readonly savings: readonly ({
    readonly way: "shorten" | "transliterate";
    /** Characters (septets, UTF-16 units): the most for so few segments, or what it has in Latin letters. */
    readonly units: number;
    readonly segmentsEach: number;
    readonly segments: number;
    /** What a month costs then. */
    readonly amount: string | null;
    /** How much less that is. */
    readonly saved: string | null;
  })[];
};

export type SetSending = {
  /** `running` ends the pause of exactly this purpose and SIM; others stay. */
  readonly state: "running" | "paused";
  /** Only what is for this; everything unless given. */
  readonly purpose?: "otp" | "urgent" | "service" | "promotional";
  /** Only through this SIM, by ICCID or configured name; through all unless given. */
  readonly sim?: string;
};

/** A copy of the store that was read back whole when it was made. */
export type Backup = {
  /** Of the file, in the directory of backups. */
  readonly name: string;
  /** When it was made. */
  readonly madeAt: string;
  readonly octets: number;
};

/** The backups that there are. */
export type Backups = {
  /** Where they are, on the box. */
  readonly directory: string;
  /** Seconds from one to the next; 0 is never. */
  readonly every: number;
  /** How many are kept. */
  readonly keep: number;
  /** Why the last one could not be made, and what to do; null when it could. */
  readonly problem: string | null;
  readonly reason: "diskFull" | "directory" | "storeDamaged" | "other" | null;
  /** The newest first. */
  readonly data: readonly ({
    /** Of the file, in the directory of backups. */
    readonly name: string;
    /** When it was made. */
    readonly madeAt: string;
    readonly octets: number;
  })[];
  /** Give it as `cursor` for what follows; null when nothing does. */
  readonly nextCursor: string | null;
};

/** The backup with which the box begins anew. */
export type BackupToRestore = {
  readonly name: string;
  /** In it. */
  readonly messages: number;
  /** Of these, not over when it was made. */
  readonly open: number;
};

/** Whether the queue is sent, and what is left out. */
export type Sending = {
  /** `paused` while nothing at all is sent. */
  readonly state: "running" | "paused";
  /** Everything that is paused, the oldest first. */
  readonly pauses: readonly ({
    /** Null for every purpose. */
    readonly purpose: "otp" | "urgent" | "service" | "promotional" | null;
    /** ICCID; null for every SIM. */
    readonly sim: string | null;
    /** When it began. */
    readonly since: string;
  })[];
  readonly queue: {
    /** Segments that wait for a SIM. */
    readonly ready: number;
    /** Segments that wait for their time. */
    readonly waiting: number;
  };
};

export type DecideMissed = {
  /** `send`: it goes now, and is worth sending as long again as it was. `leave`: it ends as `expired`, reason `missed`. */
  readonly as: "send" | "leave";
};

/** A message whose time came while the box was off. It is `held` with reason `missed` until a person decides. */
export type Missed = {
  /** When it should have gone. */
  readonly dueAt: string;
  readonly message: Message;
};

export type Suppress = {
  /** A number in any usual writing. */
  readonly to: string;
  /** `all` (everything but codes), `purpose:promotional` and so on, `topic:` and a topic, or `offers:monthly`: offers at most once a month. */
  readonly scope: string;
};

/** What a client does not want any more. */
export type Suppression = {
  /** `all` (everything but codes), `purpose:promotional` and so on, or `topic:` and a topic. */
  readonly scope: string;
  /** How it came onto the list. */
  readonly source: "reply" | "call" | "link" | "api" | "import";
  /** Since when. */
  readonly at: string;
};

/** All that one client does not want any more. */
export type Suppressions = {
  /** E.164. */
  readonly to: string;
  /** The oldest first; empty when nothing is ended. */
  readonly data: readonly (Suppression)[];
  /** Whether offers may come at most once a month. */
  readonly offersMonthly: boolean;
  readonly offersHeldUntil: string | null;
};

/** What became of an imported list. */
export type SuppressionImport = {
  /** Rows with something in them, without the heading. */
  readonly rows: number;
  /** Numbers that were not on the list before. */
  readonly added: number;
  /** Rows that are no number. */
  readonly refused: number;
  /** The first hundred of those. */
  readonly errors: readonly ({
    /** Its number in the file. */
    readonly row: number;
    /** What is wrong with it. */
    readonly detail: string;
    /** The kind of problem, for programs. */
    readonly code: "requestInvalid" | "bodyInvalid" | "cursorInvalid" | "keyMissing" | "loginRefused" | "codeNeeded" | "sessionOver" | "keyInvalid" | "addressForbidden" | "crossSite" | "setupNeeded" | "setupDone" | "scopeMissing" | "notFound" | "methodNotAllowed" | "requestTimeout" | "nameTaken" | "lastOwner" | "notUncertain" | "notHeld" | "underWay" | "webhookConfigured" | "countDiffers" | "stateDiffers" | "importRunning" | "countMismatch" | "tooLate" | "pinNotTried" | "ussdBusy" | "idempotencyInFlight" | "bodyTooLarge" | "mediaTypeUnsupported" | "hostUnknown" | "numberInvalid" | "textInvalid" | "textTooLong" | "simUnknown" | "textShouts" | "textThreatens" | "textUnsigned" | "wayOutMissing" | "confirmationIncomplete" | "openingHoursMissing" | "alarmWordsMissing" | "settingInvalid" | "posterInvalid" | "ruleInvalid" | "dialogueInvalid" | "dialogueUnknown" | "dialogueOpen" | "templateUnknown" | "contactUnknown" | "templateInvalid" | "simRefused" | "timeInvalid" | "idempotencyMismatch" | "pinRefused" | "ussdRefused" | "topicInvalid" | "scopeInvalid" | "webhookRefused" | "optedOut" | "suppressionsUnknown" | "consentMissing" | "expired" | "countryNotAllowed" | "premiumNumber" | "noWindow" | "promotionalPer7Days" | "monthlyOffers" | "unanswered" | "visitNear" | "repairUnderWay" | "lowRating" | "linkUnavailable" | "allPerDay" | "quotaUsedUp" | "recipientLimit" | "costLimit" | "adjacentNumbers" | "rateLimited" | "headersTooLarge" | "internal" | "networkRefused" | "unavailable" | "queueFull" | "networkMute" | "storeFull" | "configInvalid" | "storeInUse" | "storeNewer" | "storeForeign" | "suppressionKeyMissing" | "storeDamaged" | "backupFailed" | "restoreRefused" | "portGone" | "portUnreachable" | "portForbidden" | "portNotSerial" | "portBusy" | "modemMute" | "modemRefused" | "modemRubbish" | "pduInvalid" | "closed";
    /** The single places that are wrong; may be empty. */
    readonly errors: readonly ({
      /** A JSON pointer into the body (`/messages/3/to`), `?name` for a query parameter, or the name of a header. */
      readonly pointer: string;
      readonly detail: string;
      /** Why, for programs that say it in a language of their own; more may come, and some places have none. `kind` is a wrong type, `oneOf` a word that is none of those allowed, `notThere` the name of nothing that there is, `reserved` a word with a meaning of its own, `idle` a rule that would do nothing; `field` and `link` are what a template has in braces. */
      readonly reason?: "missing" | "unknown" | "kind" | "oneOf" | "notThere" | "taken" | "reserved" | "twice" | "empty" | "tooShort" | "tooLong" | "tooFew" | "tooMany" | "tooSmall" | "tooLarge" | "past" | "future" | "characters" | "name" | "number" | "amount" | "country" | "timeZone" | "day" | "network" | "phrase" | "tag" | "fieldName" | "field" | "link" | "idle" | "columnMissing";
      /** The least or the most of what is counted there: characters, entries, the number itself. */
      readonly limit?: number;
    })[];
  })[];
};

/** Whether the opt-out list is whole. While it is not, nothing but codes goes out. */
export type SuppressionState = {
  readonly whole: boolean;
  readonly lostAt: string | null;
};

export type SetSuppressionState = {
  /** A person says that the list was imported again and nobody is missing. */
  readonly whole: true;
};

/** What a person is asked to look at. */
export type Task = {
  readonly id: string;
  /** `optOutUnsure`: the client may have asked for an end of texts, and offers wait a day; `visit`: they may want to move or cancel a visit; `wrongNumber`: nothing is sent there any more; `notFollowed`: a fault kept Simpost from doing what should follow after a text; `confirmed`: they will come, and nobody has to do anything; `unclear`: what they answered to a text about an occasion needs a person; `lowRating`: they were not content; `untold`: a text about an occasion could not be sent, somebody should tell them; `call`: they want to be told on the telephone; `rule`: a rule of the site asks somebody to read it; `dialogue`: a dialogue leaves the client to a person; `own`: somebody at the desk wrote it, see `text`. */
  readonly kind: "optOutUnsure" | "visit" | "wrongNumber" | "notFollowed" | "confirmed" | "unclear" | "lowRating" | "untold" | "call" | "rule" | "dialogue" | "own";
  /** The number that it is about. */
  readonly contact: string;
  /** Of the contact with this number, where there is one; of up to three who share it. */
  readonly name: string | null;
  /** Id of what the client wrote. */
  readonly inbound: string | null;
  /** The occasion: its kind, `/` and its external id. */
  readonly occasion: string | null;
  /** What somebody at the desk wrote; to whom may read replies, and not to a technician. */
  readonly text: string | null;
  /** Since when. */
  readonly at: string;
  readonly doneAt: string | null;
  /** Id of the API key that said so. */
  readonly doneBy: string | null;
};

/** What is not given stays as it was. */
export type PutOccasion = {
  /** A contact that is known, or a number with what is known of it. */
  readonly contact: {
    /** Your name of the contact. */
    readonly externalId: string;
  } | {
    /** The number, in any usual way to write it. */
    readonly to: string;
    readonly name?: string | null;
    readonly language?: "uk" | "ru" | "en" | "kk" | "pl" | null;
    readonly timeZone?: string | null;
  };
  readonly startsAt?: string | null;
  readonly repeats?: {
    readonly every: number;
    readonly unit: "day" | "month" | "year";
  } | null;
  /** `cancelled` withdraws what is not sent; `waiting` waits for a time that others give back. */
  readonly status?: string | null;
  readonly resource?: string | null;
  /** Fields for the texts. An instant or a day is written as where the client is, an amount as money. `place` is how many are ahead in a queue, `what` what it is. */
  readonly data?: Readonly<Record<string, string | number | {
    readonly amount: string;
    readonly currency: string;
  }>>;
  /** Times that are offered to a client who asks for another; RFC 3339. */
  readonly slots?: readonly (string)[];
};

export type MarkOccasion = {
  readonly attendance: "came" | "didNotCome";
};

/** Something dated about a client: a visit, an order, a birthday. */
export type Occasion = {
  readonly id: string;
  readonly kind: string;
  readonly externalId: string;
  readonly contact: {
    readonly externalId: string | null;
    readonly to: string;
    readonly name: string | null;
    readonly language: string | null;
    readonly timeZone: string | null;
  };
  readonly startsAt: string | null;
  /** It has a day and no hour. */
  readonly allDay: boolean;
  readonly repeats: {
    readonly every: number;
    readonly unit: "day" | "month" | "year";
  } | null;
  readonly status: string | null;
  readonly resource: string | null;
  /** Fields for the texts. An instant or a day is written as where the client is, an amount as money. `place` is how many are ahead in a queue, `what` what it is. */
  readonly data: Readonly<Record<string, string | number | {
    readonly amount: string;
    readonly currency: string;
  }>>;
  readonly slots: readonly (string)[];
  /** What the client has said of it last. */
  readonly answer: "confirmed" | "cancelled" | "moveAsked" | null;
  readonly attendance: "came" | "didNotCome" | null;
  /** When it was first told of. */
  readonly createdAt: string;
  /** When it was last changed. */
  readonly changedAt: string;
  /** Id of the API key that first told of it. */
  readonly key: string;
  /** Of the contact with this number, or of up to three who share it; to whom may read. `contact.name` is as it was told. */
  readonly name: string | null;
  /** What the client gave it last. */
  readonly rating: number | null;
  /** What is told of it, was, or was not; by its moment. */
  readonly steps: readonly ({
    /** Its name in the sequence; what was said in words of its own begins with `reply:`, `offer:` or `notice:`. */
    readonly step: string;
    /** `accepted`: it is a message. `skipped`: see the reason. `withdrawn`: it is not true any more. */
    readonly state: "planned" | "accepted" | "skipped" | "withdrawn";
    /** Of what is skipped: `past`, `merged`, `late`, `fieldMissing`, the code of the fault, or what it is left out with. */
    readonly reason: string | null;
    /** When it is told, before policy moves it. */
    readonly dueAt: string;
    /** The template that this client got, where there is a choice of them. */
    readonly variant: string | null;
    /** Id of the message. */
    readonly message: string | null;
    readonly messageStatus: "accepted" | "held" | "queued" | "sending" | "sent" | "delivered" | "undelivered" | "refused" | "failed" | "expired" | "cancelled" | "uncertain" | null;
  })[];
};

/** An occasion as it was right after something became of it. */
export type OccasionHappening = {
  readonly id: string;
  readonly kind: string;
  readonly externalId: string;
  readonly contact: {
    readonly externalId: string | null;
    readonly to: string;
    readonly name: string | null;
    readonly language: string | null;
    readonly timeZone: string | null;
  };
  readonly startsAt: string | null;
  /** It has a day and no hour. */
  readonly allDay: boolean;
  readonly repeats: {
    readonly every: number;
    readonly unit: "day" | "month" | "year";
  } | null;
  readonly status: string | null;
  readonly resource: string | null;
  /** Fields for the texts. An instant or a day is written as where the client is, an amount as money. `place` is how many are ahead in a queue, `what` what it is. */
  readonly data: Readonly<Record<string, string | number | {
    readonly amount: string;
    readonly currency: string;
  }>>;
  readonly slots: readonly (string)[];
  /** What the client has said of it last. */
  readonly answer: "confirmed" | "cancelled" | "moveAsked" | null;
  readonly attendance: "came" | "didNotCome" | null;
  /** When it was first told of. */
  readonly createdAt: string;
  /** When it was last changed. */
  readonly changedAt: string;
  /** Id of the API key that first told of it. */
  readonly key: string;
  /** Who did it. */
  readonly by: "client" | "desk" | "program";
  /** Id of what the client wrote. */
  readonly inbound: string | null;
  readonly rating: number | null;
};

export type OccasionRemoved = {
  readonly kind: string;
  readonly externalId: string;
  readonly removed: true;
};

export type NotifyOccasions = {
  readonly kind: string;
  /** Those that begin then or later. */
  readonly from: string;
  /** Those that begin before then. */
  readonly until: string;
  /** Those with one doctor, bay or site; else all. */
  readonly resource?: string;
  /** `cancel`: they are off. `late`: each is later by `minutes`, and is told its new time. `tell`: nothing but the text. */
  readonly action: "cancel" | "late" | "tell";
  readonly minutes?: number;
  /** In words of your own, with fields as in a template. */
  readonly text?: string;
  /** In place of the shipped one of the action. */
  readonly template?: string;
  /** Do it; else only count and cost are told. */
  readonly go?: boolean;
  /** How many there are, as a person has read it: needed above 20. */
  readonly count?: number;
};

/** What news for many would do, or will. */
export type OccasionNotice = {
  /** To undo it; null where nothing is done. */
  readonly id: string | null;
  /** How many occasions it concerns. */
  readonly count: number;
  /** Those told at once, at any hour: they would come in vain. The others when they may be written to. */
  readonly atOnce: number;
  /** Those whom no text can reach: they want none, or something is missing that it would name. */
  readonly untold: number;
  readonly segments: number;
  /** Null where no price is known. */
  readonly cost: {
    /** A decimal number as text, since a bill is exact. */
    readonly amount: string;
    /** ISO 4217. */
    readonly currency: string;
  } | null;
  /** What the first of them would read. */
  readonly sample: string | null;
  readonly undoUntil: string | null;
};

export type NoticeUndone = {
  readonly id: string;
  readonly undone: true;
};

/** What is told of one kind of occasion. Durations in seconds. */
export type SetSequence = {
  /** The topic of its messages, which a client may end alone. */
  readonly topic: string;
  /** The statuses with which nothing is told any more that depends on time. */
  readonly ends: readonly (string)[];
  readonly repeats?: {
    readonly every: number;
    readonly unit: "day" | "month" | "year";
  };
  /** What a client is told who asks (STATUS): when it is, or its status; nothing unless given. */
  readonly tells?: "time" | "status";
  readonly steps: readonly ({
    /** One in its sequence. */
    readonly name: string;
    /** When it is told: one of these. */
    readonly when: {
      /** It is new, or has another time than the client was told. */
      readonly on: "booked" | "moved";
    } | {
      /** It has this status; `*` for any that has no step of its own. */
      readonly status: string;
    } | {
      /** So many seconds before its time. */
      readonly before: number;
    } | {
      /** So many seconds after its time. */
      readonly after: number;
    } | {
      /** So many days after its day; negative before it. */
      readonly days: number;
      /** At this time where the client is; else at its own. */
      readonly at?: string;
    } | {
      /** At most so many are ahead (`data.place`). */
      readonly places: number;
    } | {
      /** Neither the client nor its status has moved for so many seconds. */
      readonly silence: number;
    };
    /** The template, or several of which each client gets one for good, so that they can be measured. */
    readonly template: string | readonly (string)[];
    readonly purpose?: "otp" | "urgent" | "service" | "promotional";
    /** In place of the topic of the sequence. */
    readonly topic?: string;
    /** What becomes of it where its moment is past when it is planned. */
    readonly ifPast?: "skip" | "send";
    /** Statuses, answers and marks with which it is left out. */
    readonly unless?: readonly (string)[];
    /** Told again so often. */
    readonly again?: {
      /** Seconds. */
      readonly every: number;
      readonly times: number;
    };
    /** A digit in the answer is a rating. */
    readonly asks?: "rating";
    /** Told in one text with the same step of other occasions of the client on that day. */
    readonly joins?: boolean;
  })[];
};

/** The figures that the owner asks about. */
export type Statistics = {
  /** From when. */
  readonly from: string;
  /** Until when. */
  readonly to: string;
  readonly by: "day" | "purpose" | "kind" | "template" | "sim";
  readonly data: readonly ({
    /** A day at the site, a purpose, a kind of occasion, a kind and a step or template, an ICCID; null for what belongs to none. */
    readonly group: string | null;
    /** Messages that the network took. */
    readonly sent: number;
    /** Of those, the ones that arrived by now. */
    readonly delivered: number;
    /** Messages that were refused, failed, expired, or did not arrive. */
    readonly failed: number;
    /** Texts of clients that answered one. */
    readonly replied: number;
    /** Of those, the ones that asked for no more. */
    readonly optedOut: number;
    /** What it cost, by currency, where the prices were known. */
    readonly cost: readonly ({
      /** A decimal number as text, since a bill is exact. */
      readonly amount: string;
      /** ISO 4217. */
      readonly currency: string;
    })[];
    /** Occasions of that time. By template, those that were told by it. */
    readonly visits: number;
    /** Of those, the ones that the client confirmed. */
    readonly confirmed: number;
    /** Those that got another time, or whose client asked for one. */
    readonly moved: number;
    /** Those that are off. */
    readonly cancelled: number;
    /** Those to which the client came. */
    readonly came: number;
    /** Those to which the client did not come. */
    readonly didNotCome: number;
  })[];
  readonly totals: {
    /** Messages that the network took. */
    readonly sent: number;
    /** Of those, the ones that arrived by now. */
    readonly delivered: number;
    /** Messages that were refused, failed, expired, or did not arrive. */
    readonly failed: number;
    /** Texts of clients that answered one. */
    readonly replied: number;
    /** Of those, the ones that asked for no more. */
    readonly optedOut: number;
    /** What it cost, by currency, where the prices were known. */
    readonly cost: readonly ({
      /** A decimal number as text, since a bill is exact. */
      readonly amount: string;
      /** ISO 4217. */
      readonly currency: string;
    })[];
    /** Occasions of that time. By template, those that were told by it. */
    readonly visits: number;
    /** Of those, the ones that the client confirmed. */
    readonly confirmed: number;
    /** Those that got another time, or whose client asked for one. */
    readonly moved: number;
    /** Those that are off. */
    readonly cancelled: number;
    /** Those to which the client came. */
    readonly came: number;
    /** Those to which the client did not come. */
    readonly didNotCome: number;
  };
};

/** What clients thought. */
export type Ratings = {
  readonly data: readonly ({
    /** Your name of the doctor, the bay or the site. */
    readonly resource: string | null;
    /** How many clients gave one. */
    readonly count: number;
    /** To two places. */
    readonly average: number;
    readonly distribution: {
      /** How many gave 1. */
      readonly '1': number;
      /** How many gave 2. */
      readonly '2': number;
      /** How many gave 3. */
      readonly '3': number;
      /** How many gave 4. */
      readonly '4': number;
      /** How many gave 5. */
      readonly '5': number;
    };
  })[];
};

/** What is told of one kind of occasion. */
export type Sequence = {
  readonly kind: string;
  /** Whether the site has changed it. */
  readonly own: boolean;
  readonly shipped: boolean;
  /** The topic of its messages, which a client may end alone. */
  readonly topic: string;
  /** The statuses with which nothing is told any more that depends on time. */
  readonly ends: readonly (string)[];
  readonly repeats?: {
    readonly every: number;
    readonly unit: "day" | "month" | "year";
  };
  /** What a client is told who asks (STATUS): when it is, or its status; nothing unless given. */
  readonly tells?: "time" | "status";
  readonly steps: readonly ({
    /** One in its sequence. */
    readonly name: string;
    /** When it is told: one of these. */
    readonly when: {
      /** It is new, or has another time than the client was told. */
      readonly on: "booked" | "moved";
    } | {
      /** It has this status; `*` for any that has no step of its own. */
      readonly status: string;
    } | {
      /** So many seconds before its time. */
      readonly before: number;
    } | {
      /** So many seconds after its time. */
      readonly after: number;
    } | {
      /** So many days after its day; negative before it. */
      readonly days: number;
      /** At this time where the client is; else at its own. */
      readonly at?: string;
    } | {
      /** At most so many are ahead (`data.place`). */
      readonly places: number;
    } | {
      /** Neither the client nor its status has moved for so many seconds. */
      readonly silence: number;
    };
    /** The template, or several of which each client gets one for good, so that they can be measured. */
    readonly template: string | readonly (string)[];
    readonly purpose?: "otp" | "urgent" | "service" | "promotional";
    /** In place of the topic of the sequence. */
    readonly topic?: string;
    /** What becomes of it where its moment is past when it is planned. */
    readonly ifPast?: "skip" | "send";
    /** Statuses, answers and marks with which it is left out. */
    readonly unless?: readonly (string)[];
    /** Told again so often. */
    readonly again?: {
      /** Seconds. */
      readonly every: number;
      readonly times: number;
    };
    /** A digit in the answer is a rating. */
    readonly asks?: "rating";
    /** Told in one text with the same step of other occasions of the client on that day. */
    readonly joins?: boolean;
  })[];
};

/** A conversation by steps with one client. */
export type Dialogue = {
  readonly id: string;
  readonly definition: string;
  /** Of the definition; it stays the same while the dialogue goes on. */
  readonly version: number;
  /** E.164. */
  readonly contact: string;
  /** The SIM on which it goes on; null until one is known. */
  readonly sim: string | null;
  /** Where it is, or where it ended. */
  readonly state: string;
  /** How it ended; null while it goes on. */
  readonly outcome: "completed" | "cancelled" | "expired" | "refused" | "handedOver" | "stopped" | null;
  /** What was asked and answered: texts, numbers, and lists to choose from. */
  readonly fields: Readonly<Record<string, string | number | readonly ({
    readonly value: string;
    readonly label: string;
    readonly price?: number;
  })[]>>;
  /** When it began. */
  readonly begunAt: string;
  /** When it last moved. */
  readonly changedAt: string;
};

export type BeginDialogue = {
  readonly definition: string;
  /** The number of the client. */
  readonly to: string;
  /** An ICCID or the name of a SIM; the one that the client knows unless given. */
  readonly sim?: string;
  /** What was asked and answered: texts, numbers, and lists to choose from. */
  readonly fields?: Readonly<Record<string, string | number | readonly ({
    readonly value: string;
    readonly label: string;
    readonly price?: number;
  })[]>>;
};

export type DialogueEvent = {
  readonly event: string;
  /** What was asked and answered: texts, numbers, and lists to choose from. */
  readonly fields?: Readonly<Record<string, string | number | readonly ({
    readonly value: string;
    readonly label: string;
    readonly price?: number;
  })[]>>;
};

export type SteerDialogue = {
  /** `cancel` ends it and frees what it has; `handOver` leaves the client to the desk. */
  readonly to: "cancel" | "handOver";
};

/** A dialogue as data: states, what is said in each, and what moves on from it. */
export type DialogueDefinition = {
  readonly name: string;
  /** Of the one in use; null for one that Simpost ships and nobody has put into use. */
  readonly version: number | null;
  readonly definition: Readonly<Record<string, unknown>>;
};

/** A definition, or what is to be otherwise in one that Simpost ships; README tells its parts. */
export type SetDialogueDefinition = {
  /** One that Simpost ships, which this changes: whole parts, single states, single data. */
  readonly from?: string;
};

/** Things of which there is one each: seats, bicycles, tables at seven. */
export type StockPool = {
  readonly things: readonly ({
    /** Its name, by which clients ask for it. */
    readonly thing: string;
    /** How it is offered. */
    readonly label: string;
    /** Whether something opens it; what that is, is not shown. */
    readonly hasSecret: boolean;
    /** Who has it; null while it is free. */
    readonly dialogue: string | null;
    readonly sold: boolean;
  })[];
};

export type SetStockPool = {
  readonly things: readonly ({
    /** Its name, by which clients ask for it. */
    readonly thing: string;
    /** How it is offered. */
    readonly label?: string;
    /** What opens it; it is told as a code and never shown. */
    readonly secret?: string;
  })[];
};

export type FreeStock = {
  /** Its name, by which clients ask for it. */
  readonly thing: string;
};

/** What hangs at the desk: `GET /v1/posters/{word}/page` is the page to print. */
export type Poster = {
  readonly word: string;
  /** `consent`: who texts YES with its word agrees to its wording; `optOut`: it opens the text that ends offers. */
  readonly kind: "consent" | "optOut";
  /** What stands on it: the very words that are agreed to. */
  readonly wording: string;
  /** That is texted to, E.164. */
  readonly number: string;
  readonly language: "uk" | "ru" | "en" | "kk" | "pl";
  /** The text that is ready when the code is scanned. */
  readonly text: string;
  /** What the QR code holds (RFC 5724). */
  readonly smsUri: string;
  /** When it was made. */
  readonly at: string;
};

export type SetPoster = {
  /** `consent`: who texts YES with its word agrees to its wording; `optOut`: it opens the text that ends offers. */
  readonly kind?: "consent" | "optOut";
  /** What stands on it: the very words that are agreed to. */
  readonly wording: string;
  /** Of a SIM of this box. */
  readonly number: string;
  readonly language?: "uk" | "ru" | "en" | "kk" | "pl";
};

/** What is done when a client writes something that the site knows. */
export type Rule = {
  readonly name: string;
  /** `file`: it stands in the configuration, and is changed there. */
  readonly source: "file" | "api";
  /** Texts that are just one of these words or phrases. */
  readonly words: readonly (string)[];
  /** Texts that begin with this. */
  readonly prefix: string | null;
  /** Texts of this shape: words, `*` for any words or none, `?` for one word, `#` for a number, `a|b` for either. */
  readonly pattern: string | null;
  /** What the client is answered; `{site}` and `{phone}` are filled in. */
  readonly reply: string | null;
  /** A word that the text is marked with. */
  readonly tag: string | null;
  /** Whether `inbound.matched` goes to the webhooks. */
  readonly webhook: boolean;
  /** Whether the desk gets a task. */
  readonly notify: boolean;
};

/** A rule: one of `words`, `prefix` and `pattern`, and at least one thing to do. */
export type NewRule = {
  /** Texts that are just one of these words or phrases. */
  readonly words?: readonly (string)[];
  /** Texts that begin with this. */
  readonly prefix?: string | null;
  /** Texts of this shape: words, `*` for any words or none, `?` for one word, `#` for a number, `a|b` for either. */
  readonly pattern?: string | null;
  /** What the client is answered; `{site}` and `{phone}` are filled in. */
  readonly reply?: string | null;
  /** A word that the text is marked with. */
  readonly tag?: string | null;
  /** Whether `inbound.matched` goes to the webhooks. */
  readonly webhook?: boolean;
  /** Whether the desk gets a task. */
  readonly notify?: boolean;
};

export type RuleToTry = {
  /** What a client might write. */
  readonly text: string;
};

/** What would follow from a text. Dialogues and answers to visits come before rules. */
export type RuleTrial = {
  /** What every text is read for first, such as `stop`; null for anything else. */
  readonly meaning: string | null;
  /** The rule that would take it; null where none would. */
  readonly rule: Rule | null;
  /** What its sender would be answered, as long as replies are not too many. */
  readonly reply: string | null;
  /** Whether the duty phone would be told. */
  readonly alarm: boolean;
};

export type GiveConsent = {
  /** A number in any usual writing. */
  readonly to: string;
  /** To what; offers are `promotional`. */
  readonly purpose: "otp" | "urgent" | "service" | "promotional";
  /** To this topic alone. */
  readonly topic?: string;
  /** How it was given: `form`, `paper`, `call` ... */
  readonly source: string;
  /** The very words that were agreed to, or their version. */
  readonly wording: string;
  /** Who took it: a person, or a program. */
  readonly actor: string;
  /** When it was given: RFC 3339 with an offset. */
  readonly at: string;
  /** When it ends. */
  readonly until?: string;
};

/** Who agreed to what, when, how and to which words. Never changed. */
export type Consent = {
  readonly id: string;
  /** E.164. */
  readonly to: string;
  readonly purpose: "otp" | "urgent" | "service" | "promotional";
  readonly topic: string | null;
  /** How it was given: `form`, `paper`, `call` ... */
  readonly source: string;
  /** The very words that were agreed to, or their version. */
  readonly wording: string;
  /** Who took it: a person, or a program. */
  readonly actor: string;
  /** When it was given. */
  readonly at: string;
  readonly until: string | null;
  /** When it was written down here. */
  readonly recordedAt: string;
};

/** A client. */
export type Contact = {
  readonly externalId: string;
  readonly name: string;
  readonly firstName: string | null;
  readonly numbers: readonly (string)[];
  readonly language: "uk" | "ru" | "en" | "kk" | "pl" | null;
  readonly timeZone: string | null;
  readonly tags: readonly (string)[];
  /** Your own, by name: a text, a number, true or false, a day (`2026-11-24`), an instant in RFC 3339, or money (`{"amount": "450.00", "currency": "UAH"}`). A text names one as `{name}`. */
  readonly fields: Readonly<Record<string, string | number | {
    readonly amount: string;
    readonly currency: string;
  } | boolean>>;
  /** `call` and `landline`: a person calls them; `noSms`: they get no text but codes; else texts. Steps of a sequence become tasks for a person, and campaigns leave them out. */
  readonly preferredChannel: "sms" | "call" | "landline" | "noSms";
  readonly branch: string | null;
  /** What is known of each number. Consent and opt-out go by number, whoever has it. */
  readonly wishes: readonly ({
    readonly number: string;
    /** What nobody is to send there. */
    readonly suppressions: readonly (Suppression)[];
    readonly offersHeldUntil: string | null;
    /** Whether the ledger proves it now; see `GET /v1/consents?to=`. */
    readonly agreesToOffers: boolean;
    /** Ids of the other contacts that have this number. */
    readonly sharedWith: readonly (string)[];
  })[];
  /** When it was first written. */
  readonly createdAt: string;
  /** When it was last written. */
  readonly updatedAt: string;
};

export type SetContact = {
  /** As the desk knows them. */
  readonly name: string;
  readonly firstName?: string | null;
  /** In any usual writing; the first is written to. Several contacts may have the same one. */
  readonly numbers: readonly (string)[];
  /** That they chose; that of the site unless given. */
  readonly language?: "uk" | "ru" | "en" | "kk" | "pl" | null;
  /** Where they are, a name of the IANA zone database, for quiet hours and times in texts; by their number unless given. */
  readonly timeZone?: string | null;
  readonly tags?: readonly (string)[];
  /** Your own, by name: a text, a number, true or false, a day (`2026-11-24`), an instant in RFC 3339, or money (`{"amount": "450.00", "currency": "UAH"}`). A text names one as `{name}`. */
  readonly fields?: Readonly<Record<string, string | number | {
    readonly amount: string;
    readonly currency: string;
  } | boolean>>;
  /** `call` and `landline`: a person calls them; `noSms`: they get no text but codes; else texts. Steps of a sequence become tasks for a person, and campaigns leave them out. */
  readonly preferredChannel?: "sms" | "call" | "landline" | "noSms";
  /** The place that they go to: the id of a resource. */
  readonly branch?: string | null;
};

/** The contact is gone; what was sent to its numbers stays. */
export type ContactRemoved = {
  readonly externalId: string;
  readonly removed: true;
};

/** What became of a list, or would. */
export type ContactImport = {
  readonly dryRun: boolean;
  /** As it was read. */
  readonly encoding: "utf-8" | "windows-1251";
  /** What stands between its cells; null for an empty file. */
  readonly separator: string | null;
  /** What the columns were read as; the others were left out. */
  readonly columns: readonly ({
    readonly heading: string;
    readonly target: string;
  })[];
  /** Rows with something in them, without the heading. */
  readonly total: number;
  /** Contacts that are new. */
  readonly created: number;
  /** Contacts that were there and are otherwise now. */
  readonly changed: number;
  /** Contacts of whom nothing changed. */
  readonly kept: number;
  /** Rows that cannot be a contact. */
  readonly refused: number;
  /** The first thousand of those. */
  readonly errors: readonly ({
    /** Its number in the file. */
    readonly row: number;
    /** What is wrong with it. */
    readonly detail: string;
    /** The kind of problem, for programs. */
    readonly code: "requestInvalid" | "bodyInvalid" | "cursorInvalid" | "keyMissing" | "loginRefused" | "codeNeeded" | "sessionOver" | "keyInvalid" | "addressForbidden" | "crossSite" | "setupNeeded" | "setupDone" | "scopeMissing" | "notFound" | "methodNotAllowed" | "requestTimeout" | "nameTaken" | "lastOwner" | "notUncertain" | "notHeld" | "underWay" | "webhookConfigured" | "countDiffers" | "stateDiffers" | "importRunning" | "countMismatch" | "tooLate" | "pinNotTried" | "ussdBusy" | "idempotencyInFlight" | "bodyTooLarge" | "mediaTypeUnsupported" | "hostUnknown" | "numberInvalid" | "textInvalid" | "textTooLong" | "simUnknown" | "textShouts" | "textThreatens" | "textUnsigned" | "wayOutMissing" | "confirmationIncomplete" | "openingHoursMissing" | "alarmWordsMissing" | "settingInvalid" | "posterInvalid" | "ruleInvalid" | "dialogueInvalid" | "dialogueUnknown" | "dialogueOpen" | "templateUnknown" | "contactUnknown" | "templateInvalid" | "simRefused" | "timeInvalid" | "idempotencyMismatch" | "pinRefused" | "ussdRefused" | "topicInvalid" | "scopeInvalid" | "webhookRefused" | "optedOut" | "suppressionsUnknown" | "consentMissing" | "expired" | "countryNotAllowed" | "premiumNumber" | "noWindow" | "promotionalPer7Days" | "monthlyOffers" | "unanswered" | "visitNear" | "repairUnderWay" | "lowRating" | "linkUnavailable" | "allPerDay" | "quotaUsedUp" | "recipientLimit" | "costLimit" | "adjacentNumbers" | "rateLimited" | "headersTooLarge" | "internal" | "networkRefused" | "unavailable" | "queueFull" | "networkMute" | "storeFull" | "configInvalid" | "storeInUse" | "storeNewer" | "storeForeign" | "suppressionKeyMissing" | "storeDamaged" | "backupFailed" | "restoreRefused" | "portGone" | "portUnreachable" | "portForbidden" | "portNotSerial" | "portBusy" | "modemMute" | "modemRefused" | "modemRubbish" | "pduInvalid" | "closed";
    /** The single places that are wrong; may be empty. */
    readonly errors: readonly ({
      /** A JSON pointer into the body (`/messages/3/to`), `?name` for a query parameter, or the name of a header. */
      readonly pointer: string;
      readonly detail: string;
      /** Why, for programs that say it in a language of their own; more may come, and some places have none. `kind` is a wrong type, `oneOf` a word that is none of those allowed, `notThere` the name of nothing that there is, `reserved` a word with a meaning of its own, `idle` a rule that would do nothing; `field` and `link` are what a template has in braces. */
      readonly reason?: "missing" | "unknown" | "kind" | "oneOf" | "notThere" | "taken" | "reserved" | "twice" | "empty" | "tooShort" | "tooLong" | "tooFew" | "tooMany" | "tooSmall" | "tooLarge" | "past" | "future" | "characters" | "name" | "number" | "amount" | "country" | "timeZone" | "day" | "network" | "phrase" | "tag" | "fieldName" | "field" | "link" | "idle" | "columnMissing";
      /** The least or the most of what is counted there: characters, entries, the number itself. */
      readonly limit?: number;
    })[];
  })[];
  /** What rows do. */
  readonly rows: readonly ({
    readonly row: number;
    readonly externalId: string | null;
    readonly does: "create" | "change" | "keep" | "refuse";
  })[];
};

export type CreateCampaign = {
  /** For people. */
  readonly name: string;
  readonly segment?: string | null;
  /** A condition as `PUT /v1/segments/{name}` takes it, instead of `segment`. */
  readonly condition?: Readonly<Record<string, unknown>> | null;
  /** One text, or several that are tried against each other. */
  readonly variants: readonly ({
    /** Such as `A`. */
    readonly name: string;
    /** The name of a template; or `texts`. */
    readonly template?: string;
    /** By language. */
    readonly texts?: {
      /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
      readonly uk?: string;
      /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
      readonly ru?: string;
      /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
      readonly en?: string;
      /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
      readonly kk?: string;
      /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
      readonly pl?: string;
    };
    /** Of a hundred recipients; all together 100. It is kept to within one recipient. Who gets which is drawn once, when the campaign begins. */
    readonly share: number;
  })[];
  readonly purpose?: "promotional" | "service";
  readonly topic?: string | null;
  readonly startAt?: string | null;
  readonly perHour?: number | null;
  readonly budget?: {
    readonly amount: string;
    readonly currency: string;
  } | null;
  readonly stopAtOptOuts?: number | null;
  readonly sim?: string | null;
  /** Who has an occasion within so many days has come back. */
  readonly cameBackDays?: number;
};

/** One text, or several tried against each other, to a segment of contacts. */
export type Campaign = {
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly segment?: string | null;
  /** A condition as `PUT /v1/segments/{name}` takes it, instead of `segment`. */
  readonly condition?: Readonly<Record<string, unknown>> | null;
  /** One text, or several that are tried against each other. */
  readonly variants: readonly ({
    /** Such as `A`. */
    readonly name: string;
    /** The name of a template; or `texts`. */
    readonly template?: string;
    /** By language. */
    readonly texts?: {
      /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
      readonly uk?: string;
      /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
      readonly ru?: string;
      /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
      readonly en?: string;
      /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
      readonly kk?: string;
      /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
      readonly pl?: string;
    };
    /** Of a hundred recipients; all together 100. It is kept to within one recipient. Who gets which is drawn once, when the campaign begins. */
    readonly share: number;
  })[];
  readonly purpose?: "promotional" | "service";
  readonly topic?: string | null;
  readonly startAt?: string | null;
  readonly perHour?: number | null;
  readonly budget?: {
    readonly amount: string;
    readonly currency: string;
  } | null;
  readonly stopAtOptOuts?: number | null;
  readonly sim?: string | null;
  /** Who has an occasion within so many days has come back. */
  readonly cameBackDays?: number;
  readonly state: "draft" | "scheduled" | "planning" | "running" | "paused" | "finished" | "cancelled";
  /** Why it paused or ended by itself: `budget`, `optOuts`, `restored` (a backup: who got it since is not known). */
  readonly reason: string | null;
  readonly progress: {
    /** Whose turn is to come. */
    readonly planned: number;
    /** Whose message is in the queue. */
    readonly waiting: number;
    /** Whose message was handed to a modem. */
    readonly begun: number;
    /** Who gets none: opted out, no consent, a field that is not known … */
    readonly skipped: number;
    /** Who got none before it was cancelled. */
    readonly cancelled: number;
  };
  readonly spent: {
    readonly amount: string;
    readonly currency: string;
  } | null;
  /** When it was made. */
  readonly createdAt: string;
  readonly startedAt: string | null;
  /** When its state last changed. */
  readonly changedAt: string;
};

/** A campaign as it was right after an event. */
export type CampaignHappening = {
  /** Its id. */
  readonly campaign: string;
  readonly name: string;
  readonly state: "draft" | "scheduled" | "planning" | "running" | "paused" | "finished" | "cancelled";
  readonly reason: string | null;
  readonly progress: {
    /** Whose turn is to come. */
    readonly planned: number;
    /** Whose message is in the queue. */
    readonly waiting: number;
    /** Whose message was handed to a modem. */
    readonly begun: number;
    /** Who gets none: opted out, no consent, a field that is not known … */
    readonly skipped: number;
    /** Who got none before it was cancelled. */
    readonly cancelled: number;
  };
  /** Recipients who have ended texts since they got it. */
  readonly optedOut: number;
  /** The key that made it. */
  readonly key: string;
};

/** What a campaign would do if it began now. */
export type CampaignEstimate = {
  /** Whom it reaches: to be typed in at the start. */
  readonly recipients: number;
  /** Messages that would be taken now. */
  readonly messages: number;
  readonly unreached: {
    /** They want no texts. */
    readonly channel: number;
    /** They have no number. */
    readonly noNumber: number;
    /** Another contact with the same number gets it. */
    readonly sameNumber: number;
  };
  /** Why others would get none, by its code: `optedOut`, `consentMissing`, `fieldMissing` … */
  readonly refused: Readonly<Record<string, number>>;
  /** Of all messages. */
  readonly segments: number;
  readonly longest: {
    readonly text: string;
    /** Of it. */
    readonly segments: number;
    /** The most that a message may have (`messages.maxSegments`). */
    readonly maxSegments: number;
    /** As a message it would be refused with `textTooLong`. */
    readonly tooLong: boolean;
  };
  readonly cost: {
    readonly amount: string;
    readonly currency: string;
  } | null;
  readonly days: number | null;
  /** SIMs that are in a modem now. */
  readonly sims: number;
  /** What `sentences` say, one each, for whoever says it in another language. */
  readonly notes: readonly ("days" | "never" | "noSims" | "bulk")[];
  /** What to know before it is started, in the language of the site. */
  readonly sentences: readonly (string)[];
};

export type StartCampaign = {
  /** How many you expect, as the estimate said: needed above 20. */
  readonly recipients?: number;
};

/** What became of a campaign so far, by its texts. */
export type CampaignResults = {
  readonly measure: "delivered" | "replied" | "clicked" | "optedOut" | "cameBack";
  /** What `sentence` says, for whoever says it in another language. */
  readonly comparison: {
    /** `one` text alone, too `few` sent to tell, perhaps the `same`, or one is `better`. */
    readonly finding: "one" | "few" | "same" | "better";
    /** The text that did most by this measure; null where there is one. */
    readonly best: string | null;
    /** The next best. */
    readonly next: string | null;
  };
  /** Whether the difference means anything, in the language of the site. */
  readonly sentence: string;
  readonly variants: readonly ({
    readonly name: string;
    /** Who is to get this one. */
    readonly recipients: number;
    /** To whom it was sent. */
    readonly sent: number;
    /** To whom it could not be. */
    readonly failed: number;
    /** Who got none. */
    readonly skipped: number;
    readonly delivered: {
      /** Recipients. */
      readonly count: number;
      /** Of those to whom it was sent. */
      readonly rate: number;
      /** 95 %: no less than this … */
      readonly low: number;
      /** … and no more. */
      readonly high: number;
    };
    readonly replied: {
      /** Recipients. */
      readonly count: number;
      /** Of those to whom it was sent. */
      readonly rate: number;
      /** 95 %: no less than this … */
      readonly low: number;
      /** … and no more. */
      readonly high: number;
    };
    readonly clicked: {
      /** Recipients. */
      readonly count: number;
      /** Of those to whom it was sent. */
      readonly rate: number;
      /** 95 %: no less than this … */
      readonly low: number;
      /** … and no more. */
      readonly high: number;
    };
    readonly optedOut: {
      /** Recipients. */
      readonly count: number;
      /** Of those to whom it was sent. */
      readonly rate: number;
      /** 95 %: no less than this … */
      readonly low: number;
      /** … and no more. */
      readonly high: number;
    };
    readonly cameBack: {
      /** Recipients. */
      readonly count: number;
      /** Of those to whom it was sent. */
      readonly rate: number;
      /** 95 %: no less than this … */
      readonly low: number;
      /** … and no more. */
      readonly high: number;
    };
  })[];
};

export type SetSegment = {
  /** One of `{"all": […]}`, `{"any": […]}`, `{"not": {…}}`, `{"tag": "…"}`, `{"branch": "…"}`, `{"language": "uk"}`, `{"channel": "sms"}`, `{"field": "visits", "above": 3}` (`is`, `isNot`, `above`, `below`, `contains`, or `known` with true or false), `{"agreesTo": "promotional", "topic"?: "…"}`, `{"suppressed": "purpose:promotional"}`, `{"occasion": {"kind": "visit", "status"?: "…", "attendance"?: "came", "within"?: 90, "ahead"?: 7}}` (days), `{"heardWithin": 365}`, `{"writtenWithin": 30}`, `{"newWithin": 7}` (days). */
  readonly condition: Readonly<Record<string, unknown>>;
};

/** Contacts by what they are and did: a filter that is saved. */
export type Segment = {
  readonly name: string;
  /** One of `{"all": […]}`, `{"any": […]}`, `{"not": {…}}`, `{"tag": "…"}`, `{"branch": "…"}`, `{"language": "uk"}`, `{"channel": "sms"}`, `{"field": "visits", "above": 3}` (`is`, `isNot`, `above`, `below`, `contains`, or `known` with true or false), `{"agreesTo": "promotional", "topic"?: "…"}`, `{"suppressed": "purpose:promotional"}`, `{"occasion": {"kind": "visit", "status"?: "…", "attendance"?: "came", "within"?: 90, "ahead"?: 7}}` (days), `{"heardWithin": 365}`, `{"writtenWithin": 30}`, `{"newWithin": 7}` (days). */
  readonly condition: Readonly<Record<string, unknown>>;
  /** The same in words, in the language of the site. */
  readonly words: string;
  /** When it was written. */
  readonly updatedAt: string;
};

/** A segment, and how many belong to it now. */
export type CountedSegment = {
  readonly name: string;
  /** One of `{"all": […]}`, `{"any": […]}`, `{"not": {…}}`, `{"tag": "…"}`, `{"branch": "…"}`, `{"language": "uk"}`, `{"channel": "sms"}`, `{"field": "visits", "above": 3}` (`is`, `isNot`, `above`, `below`, `contains`, or `known` with true or false), `{"agreesTo": "promotional", "topic"?: "…"}`, `{"suppressed": "purpose:promotional"}`, `{"occasion": {"kind": "visit", "status"?: "…", "attendance"?: "came", "within"?: 90, "ahead"?: 7}}` (days), `{"heardWithin": 365}`, `{"writtenWithin": 30}`, `{"newWithin": 7}` (days). */
  readonly condition: Readonly<Record<string, unknown>>;
  /** The same in words, in the language of the site. */
  readonly words: string;
  /** When it was written. */
  readonly updatedAt: string;
  /** Contacts who belong to it now. */
  readonly count: number;
};

/** How many contacts fit. */
export type SegmentCount = {
  /** The same in words, in the language of the site. */
  readonly words: string;
  /** Contacts who belong to it now. */
  readonly count: number;
};

/** The segment is gone; the contacts stay. */
export type SegmentRemoved = {
  readonly name: string;
  readonly removed: true;
};

/** A doctor, a bay, a place of business: what a visit is with or at. Texts name it as `{resource.name}`, `{resource.address}` and so on, that of the contact’s branch as `{branch.name}`. */
export type Resource = {
  readonly externalId: string;
  readonly kind: string;
  readonly name: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly openingHours: string | null;
  readonly hideName: boolean;
  readonly branch: string | null;
  /** When it was last written. */
  readonly updatedAt: string;
};

export type SetResource = {
  /** A word of your own, such as `doctor`; `branch` is a place of business. */
  readonly kind: string;
  /** As texts name it. */
  readonly name: string;
  readonly address?: string | null;
  readonly phone?: string | null;
  readonly openingHours?: string | null;
  /** Its name stays out of texts. */
  readonly hideName?: boolean;
  /** The resource where it is. */
  readonly branch?: string | null;
};

/** The resource is gone. */
export type ResourceRemoved = {
  readonly externalId: string;
  readonly removed: true;
};

/** A text to clients, in several languages. */
export type Template = {
  readonly name: string;
  /** By language. */
  readonly texts: {
    readonly uk?: string;
    readonly ru?: string;
    readonly en?: string;
    readonly kk?: string;
    readonly pl?: string;
  };
  /** The languages in which the text is the site’s own; the others are shipped. */
  readonly own: readonly ("uk" | "ru" | "en" | "kk" | "pl")[];
  /** Whether Simpost ships one of this name: it is there again when the own one is removed. */
  readonly shipped: boolean;
  /** What the texts name, each once. */
  readonly fields: readonly (string)[];
  readonly updatedAt: string | null;
};

export type SetTemplate = {
  /** By language. */
  readonly texts: {
    /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
    readonly uk?: string;
    /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
    readonly ru?: string;
    /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
    readonly en?: string;
    /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
    readonly kk?: string;
    /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
    readonly pl?: string;
  };
};

/** The site’s own texts are gone; shipped ones of the name count again. */
export type TemplateRemoved = {
  readonly name: string;
  readonly removed: true;
};

export type TemplatePreviewRequest = {
  /** The name of one; or `text`. */
  readonly template?: string;
  /** `{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link. */
  readonly text?: string;
  /** The id of a contact: who reads it. What is given besides goes before. */
  readonly contact?: string;
  /** Of the reader; that of the contact, else of the site unless given. */
  readonly language?: "uk" | "ru" | "en" | "kk" | "pl";
  /** By name. */
  readonly fields?: Readonly<Record<string, string | number | {
    readonly amount: string;
    readonly currency: string;
  }>>;
  /** Whom it would go to, for the price; any number of the site’s country unless given. */
  readonly to?: string;
  readonly purpose?: "otp" | "urgent" | "service" | "promotional";
  readonly sim?: string;
  /** What sort of text it is, for what the lint looks for; by the purpose and the words unless given. */
  readonly kind?: "reminder" | "confirmation" | "offer" | "other";
};

/** What a client would read, and what it costs. */
export type TemplatePreview = {
  /** The language in which it was found. */
  readonly language: "uk" | "ru" | "en" | "kk" | "pl";
  /** As the client reads it. */
  readonly text: string;
  /** Fields that are not known and have nothing instead: left out of the text. */
  readonly missing: readonly (string)[];
  readonly encoding: "gsm7" | "ucs2";
  readonly units: number;
  readonly segmentCount: number;
  /** The most that a message may have (`messages.maxSegments`). */
  readonly maxSegments: number;
  /** As a message it would be refused with `textTooLong`. */
  readonly tooLong: boolean;
  /** Units left before one more segment is needed. */
  readonly room: number;
  /** What it will cost through the SIM that would carry it, by `prices` of the configuration; null where no price is known. What each segment did cost stands with its attempts. */
  readonly cost: {
    readonly segments: number;
    /** A decimal number as text, since a bill is exact. */
    readonly amount: string;
    /** ISO 4217. */
    readonly currency: string;
    /** ICCID of the SIM that would carry it, as things are now. */
    readonly sim: string;
  } | null;
  /** With the longest values that the fields may have: what one of many may cost. */
  readonly longest: {
    readonly text: string;
    readonly segmentCount: number;
    /** The most that a message may have (`messages.maxSegments`). */
    readonly maxSegments: number;
    /** As a message it would be refused with `textTooLong`. */
    readonly tooLong: boolean;
    /** What it will cost through the SIM that would carry it, by `prices` of the configuration; null where no price is known. What each segment did cost stands with its attempts. */
    readonly cost: {
      readonly segments: number;
      /** A decimal number as text, since a bill is exact. */
      readonly amount: string;
      /** ISO 4217. */
      readonly currency: string;
      /** ICCID of the SIM that would carry it, as things are now. */
      readonly sim: string;
    } | null;
  };
  /** The same message in fewer segments, the gentlest way first. */
  readonly savings: readonly ({
    /** `tidy`: without blanks that show nothing; `replace`: dashes and quotation marks as they are typed; `transliterate`: in Latin letters; `shorten`: cut. */
    readonly way: "tidy" | "replace" | "transliterate" | "shorten";
    readonly text: string;
    readonly segmentCount: number;
    /** What `shorten` leaves out. */
    readonly over: string;
  })[];
  /** What could be better about the text (`[lint]`). */
  readonly advice: readonly ({
    readonly rule: "shouting" | "threat" | "senderName" | "wayOut" | "confirmation";
    /** What the rule found, for programs. */
    readonly reason: "shouting" | "threat" | "senderName" | "wayOut" | "confirmationTime" | "confirmationPlace";
    /** What is wrong and what to do, in the language of the site. */
    readonly sentence: string;
    /** Which words it is about, in UTF-16 units of the text, the end exclusive; null where something is missing. */
    readonly where: {
      readonly from: number;
      readonly to: number;
    } | null;
  })[];
};

export type ConfirmTime = {
  /** True: a person has compared the clock and it is right. False takes that back. */
  readonly trusted: boolean;
};

/** The clock of the box, and whether it is to be believed. */
export type Time = {
  /** What the clock of the box says. */
  readonly now: string;
  /** Whether it is believed. While it is not, offers, schedules, erasure and expiry wait. */
  readonly trusted: boolean;
  /** Who confirms it, or why nobody does. */
  readonly reason: "always" | "person" | "synchronized" | "network" | "batteryClock" | "virtualMachine" | "networkDisagrees" | "nobodySays";
  /** The same for a person, with what to do. */
  readonly sentence: string;
};

/** An API key, without its secret. */
export type ApiKey = {
  readonly id: string;
  /** What uses it. */
  readonly name: string;
  /** How the key begins, to tell keys apart. */
  readonly prefix: string;
  /** What it may do: `send` everything, or `send:` and a purpose; `read` its own messages, what clients wrote, who called and how the box is; `inbox` only what clients wrote and who called; `read:all` the messages of every key too; `operate`; `admin`. */
  readonly scopes: readonly (string)[];
  /** Its share of the queue beside other keys. */
  readonly weight: number;
  /** When it was made. */
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  /** Addresses and networks (CIDR) that it may be used from; none for anywhere. */
  readonly allowFrom: readonly (string)[];
  /** Messages that it may hand over in any hour; 0 for no cap. */
  readonly perHour: number;
  /** Messages that it may hand over in any 24 hours; 0 for no cap. */
  readonly perDay: number;
};

export type CreateKey = {
  /** What uses it. */
  readonly name: string;
  /** What it may do: `send` everything, or `send:` and a purpose; `read` its own messages, what clients wrote, who called and how the box is; `inbox` only what clients wrote and who called; `read:all` the messages of every key too; `operate`; `admin`. */
  readonly scopes: readonly ("send" | "send:otp" | "send:urgent" | "send:service" | "send:promotional" | "read" | "read:all" | "inbox" | "operate" | "admin")[];
  /** Its share of the queue beside other keys. */
  readonly weight?: number;
  /** RFC 3339 with an offset; never unless given. */
  readonly expiresAt?: string;
  /** Addresses and networks (CIDR) that it may be used from; none for anywhere. */
  readonly allowFrom?: readonly (string)[];
  /** Messages that it may hand over in any hour; 0 for no cap. */
  readonly perHour?: number;
  /** Messages that it may hand over in any 24 hours; 0 for no cap. */
  readonly perDay?: number;
};

export type CreateTask = {
  /** The number that it is about, in any usual writing. */
  readonly to: string;
  /** What is to be done, in your own words; no client ever reads it. */
  readonly text: string;
};

/** An API key that was just made. */
export type CreatedKey = {
  readonly id: string;
  /** What uses it. */
  readonly name: string;
  /** How the key begins, to tell keys apart. */
  readonly prefix: string;
  /** What it may do: `send` everything, or `send:` and a purpose; `read` its own messages, what clients wrote, who called and how the box is; `inbox` only what clients wrote and who called; `read:all` the messages of every key too; `operate`; `admin`. */
  readonly scopes: readonly (string)[];
  /** Its share of the queue beside other keys. */
  readonly weight: number;
  /** When it was made. */
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  /** Addresses and networks (CIDR) that it may be used from; none for anywhere. */
  readonly allowFrom: readonly (string)[];
  /** Messages that it may hand over in any hour; 0 for no cap. */
  readonly perHour: number;
  /** Messages that it may hand over in any 24 hours; 0 for no cap. */
  readonly perDay: number;
  /** The key itself. It is shown this once, and kept nowhere. */
  readonly key: string;
};

/** The key opens nothing any more. */
export type KeyRevoked = {
  readonly id: string;
  readonly revoked: true;
};

/** Somebody who uses the box with a name and a password. */
export type User = {
  readonly id: string;
  readonly name: string;
  /** `owner` may do everything; `desk` sends, and reads what was sent and what clients wrote; `readOnly` reads that; `technician` looks after modems and sending, and sees no text and only masked numbers. */
  readonly role: "owner" | "desk" | "readOnly" | "technician";
  /** Whether logging in takes a code as well as the password. */
  readonly secondFactor: boolean;
  /** When it was made. */
  readonly createdAt: string;
};

export type CreateUser = {
  /** What the user logs in with; upper and lower case are the same. */
  readonly name: string;
  /** Ten characters at least; the longer the better. */
  readonly password: string;
  /** `owner` may do everything; `desk` sends, and reads what was sent and what clients wrote; `readOnly` reads that; `technician` looks after modems and sending, and sees no text and only masked numbers. */
  readonly role: "owner" | "desk" | "readOnly" | "technician";
};

export type ChangeUser = {
  /** Ten characters at least; the longer the better. */
  readonly password?: string;
  /** `owner` may do everything; `desk` sends, and reads what was sent and what clients wrote; `readOnly` reads that; `technician` looks after modems and sending, and sees no text and only masked numbers. */
  readonly role?: "owner" | "desk" | "readOnly" | "technician";
};

/** The user may not log in any more. */
export type UserRemoved = {
  readonly id: string;
  readonly removed: true;
};

export type SetUp = {
  /** From the log of the daemon. */
  readonly token: string;
  /** What the user logs in with; upper and lower case are the same. */
  readonly name: string;
  /** Ten characters at least; the longer the better. */
  readonly password: string;
};

export type Login = {
  readonly name: string;
  /** Ten characters at least; the longer the better. */
  readonly password: string;
  /** Six digits, as the app shows them now, or a recovery code. Each counts once; blanks, hyphens and small letters are allowed. */
  readonly code?: string;
};

export type OwnPassword = {
  /** Ten characters at least; the longer the better. */
  readonly current: string;
  /** Ten characters at least; the longer the better. */
  readonly password: string;
};

/** Who asks. */
export type Session = {
  /** Of the user, or of the API key. */
  readonly id: string;
  readonly name: string;
  /** Null for an API key. */
  readonly role: "owner" | "desk" | "readOnly" | "technician" | null;
  /** What it may do. */
  readonly scopes: readonly (string)[];
  /** To be sent in the header `X-CSRF-Token` with all but GET, with the cookie; null for an API key, which needs none. */
  readonly csrfToken: string | null;
};

/** The cookie opens nothing any more. */
export type SessionEnded = {
  readonly ended: true;
};

/** What the user of this session shows besides the password. */
export type SecondFactor = {
  /** Whether logging in takes a code as well as the password. */
  readonly on: boolean;
  /** Recovery codes that were not used yet. */
  readonly recoveryCodesLeft: number;
};

export type BeginSecondFactor = {
  /** Ten characters at least; the longer the better. */
  readonly current: string;
};

/** What an app makes codes of (RFC 6238: SHA-1, six digits, 30 seconds). It is told this once, and counts when a code has confirmed it. */
export type NewSecondFactor = {
  /** 160 bits in base32, to be typed into an app. */
  readonly secret: string;
  /** The same as an `otpauth://` address, to be shown to the app as a QR code. */
  readonly uri: string;
};

export type ConfirmSecondFactor = {
  /** Six digits, as the app shows them now, or a recovery code. Each counts once; blanks, hyphens and small letters are allowed. */
  readonly code: string;
};

/** Each opens once in place of a code of the app. They are told this once; only hashes of them are kept. */
export type RecoveryCodes = {
  readonly recoveryCodes: readonly (string)[];
};

export type EndSecondFactor = {
  /** Ten characters at least; the longer the better. */
  readonly current: string;
  /** Six digits, as the app shows them now, or a recovery code. Each counts once; blanks, hyphens and small letters are allowed. */
  readonly code: string;
};

/** A client who wrote or called. */
export type Conversation = {
  /** E.164, a short code, or the letters of an alphanumeric sender. */
  readonly contact: string;
  /** Of the contact with this number, where there is one; of up to three who share it. */
  readonly name: string | null;
  /** When the client last wrote or called. */
  readonly at: string;
  /** Texts and calls that nobody at the desk has seen. */
  readonly unseen: number;
  /** What the client did last. */
  readonly last: {
    readonly kind: "text" | "mms" | "call";
    /** Of the inbound message or the call. */
    readonly id: string;
    /** What they wrote; null for anything but a text, and once it was erased. */
    readonly text: string | null;
    /** What Simpost took it for, as in `GET /v1/inbound`. */
    readonly meaning: string | null;
  };
  /** Open tasks about the client (`GET /v1/tasks`). */
  readonly tasks: number;
};

export type Conversations = {
  readonly data: readonly (Conversation)[];
  /** Give it as `cursor` for what follows; null when nothing does. A page may be short, and still have a next one. */
  readonly nextCursor: string | null;
  /** Clients with something that nobody has seen; at most 1,000 are counted. */
  readonly unseen: number;
};

export type SeeConversation = {
  /** What came until then was seen, RFC 3339 with an offset: the `at` of the newest that was shown. */
  readonly until: string;
};

export type ConversationSeen = {
  readonly contact: string;
  /** Clients with something that nobody has seen. */
  readonly unseen: number;
};

/** The phones of the virtual network. */
export type Phones = {
  readonly data: readonly ({
    /** E.164. */
    readonly number: string;
    readonly name: string | null;
    /** `on` takes texts, `off` does not answer, `barred` refuses them, `unknown` is a number that nobody has. */
    readonly state: "on" | "off" | "barred" | "unknown";
    /** What its screen shows, the oldest first; at most the last hundred. Empty for whoever may not read texts. */
    readonly talk: readonly ({
      /** `in` came to the phone, `out` was written on it. */
      readonly direction: "in" | "out";
      /** The number at the other end. */
      readonly with: string;
      readonly text: string;
      readonly segments: number;
      /** When. */
      readonly at: string;
    })[];
  })[];
};

/** A virtual phone. */
export type Phone = {
  /** E.164. */
  readonly number: string;
  readonly name: string | null;
  /** `on` takes texts, `off` does not answer, `barred` refuses them, `unknown` is a number that nobody has. */
  readonly state: "on" | "off" | "barred" | "unknown";
  /** What its screen shows, the oldest first; at most the last hundred. Empty for whoever may not read texts. */
  readonly talk: readonly ({
    /** `in` came to the phone, `out` was written on it. */
    readonly direction: "in" | "out";
    /** The number at the other end. */
    readonly with: string;
    readonly text: string;
    readonly segments: number;
    /** When. */
    readonly at: string;
  })[];
};

export type WriteOnPhone = {
  readonly text: string;
};

export type SwitchPhone = {
  readonly state: "on" | "off";
};

/** What this installation is called and where it stands. */
export type Site = {
  /** Of the business. */
  readonly name: string;
  /** ISO 3166, two letters; null while it is not configured. */
  readonly country: string | null;
  /** In which Simpost itself writes. */
  readonly language: "uk" | "ru" | "en" | "kk" | "pl";
  /** Of the desk, as clients dial it. */
  readonly phone: string | null;
  /** A name of the IANA zone database. */
  readonly timeZone: string;
  /** Of Simpost. */
  readonly version: string;
  /** The modems are virtual, and `/v1/phones` has the phones: a demo or a rehearsal. */
  readonly virtualPhones: boolean;
};

/** The rules of policy that the site has set, and when it is quiet. */
export type Manners = {
  /** `off` asks nothing but what clients have said themselves: no quiet hours, no caps. */
  readonly profile: "off" | "standard" | "strict";
  /** Whether an offer needs a consent in the ledger. */
  readonly consent: boolean;
  /** When nothing of a purpose is sent. Codes and urgent messages go at any hour. */
  readonly quietHours: readonly ({
    readonly purpose: "service" | "promotional";
    /** On which it begins. */
    readonly days: readonly ("sunday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "holiday")[];
    /** By the clock of whoever gets the message. */
    readonly from: string;
    /** From then on it is sent again; of the next day where it is not after `from`. */
    readonly to: string;
  })[];
  /** The holidays of the site’s own, besides those of each country. */
  readonly closed: readonly (string)[];
  /** Of the seven days from today on, those that are holidays here: of the country of the site, and its own. */
  readonly holidays: readonly (string)[];
  /** Seconds that a reminder leaves before its time when it is moved. */
  readonly reminderLead: number;
  /** Messages to one client; 0 for no cap. */
  readonly caps: {
    readonly promotionalPer7Days: number;
    readonly allPerDay: number;
  };
  /** That are sent to; null for all. */
  readonly countries: readonly (string)[] | null;
};

/** What may be changed while the box runs, by the names that the configuration has for it. */
export type Settings = {
  readonly site: {
    /** Of the business. */
    readonly name: string;
    readonly country: string | null;
    readonly language: "uk" | "ru" | "en" | "kk" | "pl" | null;
    readonly phone: string | null;
    /** A name of the IANA zone database. */
    readonly timeZone: string;
  };
  /** In place of those of the profile, for each purpose that is named. */
  readonly quietHours: readonly ({
    readonly purpose: "service" | "promotional";
    /** On which it begins. */
    readonly days: readonly ("sunday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "holiday")[];
    /** By the clock of whoever gets the message. */
    readonly from: string;
    /** From then on it is sent again; of the next day where it is not after `from`. A whole day is `00:00` to `24:00`. */
    readonly to: string;
  })[];
  /** When somebody is there to read what clients write. */
  readonly openingHours: readonly ({
    /** On a holiday only what names `holiday` counts. */
    readonly days: readonly ("sunday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "holiday")[];
    /** When you open, by the clock of the site. */
    readonly from: string;
    /** When you close; on the next day where it is not after `from`. A whole day is `00:00` to `24:00`. */
    readonly to: string;
  })[];
  readonly holidays: {
    /** The holidays of the site’s own. */
    readonly dates: readonly (string)[];
  };
  readonly caps: {
    /** Offers to one number in seven days; 0 is no cap. */
    readonly promotionalPer7Days: number;
    /** Messages of any kind to one number in 24 hours, codes and answers apart; 0 is no cap. */
    readonly allPerDay: number;
  };
  readonly limits: {
    /** Messages to one number in an hour, from all keys; 0 is no limit. */
    readonly recipientPerHour: number;
    /** The same in 24 hours. */
    readonly recipientPerDay: number;
    readonly costPerDay: string | null;
  };
  readonly away: {
    readonly phone: string | null;
    readonly text: string | null;
  };
  readonly alarm: {
    readonly phone: string | null;
    /** What a client writes that the duty phone is told of. */
    readonly words: readonly (string)[];
    /** Texts to the duty phone in an hour, at most. */
    readonly perHour: number;
  };
  /** What was changed here and does not stand as the file has it: `site.country`. */
  readonly changed: readonly (string)[];
  /** The box begins anew for what was changed, and answers again in a few seconds. */
  readonly restarting: boolean;
};

export type ChangeSettings = {
  readonly site?: {
    readonly name?: string | null;
    readonly country?: string | null;
    readonly language?: "uk" | "ru" | "en" | "kk" | "pl" | null;
    readonly phone?: string | null;
    readonly timeZone?: string | null;
  };
  readonly quietHours?: readonly ({
    readonly purpose: "service" | "promotional";
    /** On which it begins. */
    readonly days: readonly ("sunday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "holiday")[];
    /** By the clock of whoever gets the message. */
    readonly from: string;
    /** From then on it is sent again; of the next day where it is not after `from`. A whole day is `00:00` to `24:00`. */
    readonly to: string;
  })[] | null;
  readonly openingHours?: readonly ({
    /** On a holiday only what names `holiday` counts. */
    readonly days: readonly ("sunday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "holiday")[];
    /** When you open, by the clock of the site. */
    readonly from: string;
    /** When you close; on the next day where it is not after `from`. A whole day is `00:00` to `24:00`. */
    readonly to: string;
  })[] | null;
  readonly holidays?: {
    readonly dates?: readonly (string)[] | null;
  };
  readonly caps?: {
    readonly promotionalPer7Days?: number | null;
    readonly allPerDay?: number | null;
  };
  readonly limits?: {
    readonly recipientPerHour?: number | null;
    readonly recipientPerDay?: number | null;
    readonly costPerDay?: string | null;
  };
  readonly away?: {
    readonly phone?: string | null;
    readonly text?: string | null;
  };
  readonly alarm?: {
    readonly phone?: string | null;
    readonly words?: readonly (string)[] | null;
    readonly perHour?: number | null;
  };
};

/** Somebody in charge did something. */
export type AuditEntry = {
  /** Counts up from 1 without a gap. */
  readonly seq: number;
  /** When it was asked. */
  readonly at: string;
  /** The id of an API key or a user, `cli:` and a user of the system, `setup`, or `daemon`. */
  readonly actor: string;
  /** What was asked: `sending.set`, `settings.change`, `message.accept`, `message.resolve`, `message.release`, `missed.decide`, `time.confirm`, `trace.record`, `ussd.ask`, `forwarding.set`, `forwarding.end`, `key.create`, `key.revoke`, `user.create`, `user.change`, `user.remove`, `session.begin`, `session.end`, `session.refuse`, `secondFactor.on`, `secondFactor.off`, `secondFactor.takeAway`, `secondFactor.recover`, `sim.pin`, `sim.topUp`, `sim.retire`, `sim.reinstate`, `sim.allow`, `sim.endAllowance`, `backup.make`, `dialogue.define`, `dialogue.undefine`, `dialogue.steer`, `stock.set`, `stock.free`, `poster.set`, `poster.remove`, `rule.set`, `rule.remove`, `suppression.add`, `suppression.release`, `suppression.import`, `suppression.whole`, `occasion.notify`, `occasion.undoNotice`, `sequence.set`, `sequence.remove`, `store.restore`, `template.set`, `template.remove`, `webhook.create`, `webhook.change`, `webhook.remove`, `webhook.rotate`, `webhook.resend`, `alert.test`, `person.export`, `person.erase`, `contact.remove`, `contact.import`, `contact.export`, `consent.export`, `segment.set`, `segment.remove`, `campaign.start`, `campaign.pause`, `campaign.resume`, `campaign.cancel`, `resource.set`, `resource.remove`. */
  readonly action: string;
  /** What it was done to: an id, an ICCID, a port; null for the whole box. */
  readonly target: string | null;
  /** What else was asked. Numbers of people are masked. Of `message.accept`, which is written each hour: how many messages of each purpose came since the entry before. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  /** SHA-256, hex, over the hash of the entry before (64 zeros before the first), a line feed, and the JSON array of seq, at in milliseconds, actor, action, target, and detail as a JSON string with its fields in order. */
  readonly hash: string;
};

export type ExportPerson = {
  /** A number in any usual writing. */
  readonly to: string;
};

/** All that the box knows of a person. */
export type PersonExport = {
  /** E.164. */
  readonly to: string;
  /** When it was read. */
  readonly exportedAt: string;
  /** What the person does not want. */
  readonly suppressions: readonly ({
    readonly scope: string;
    readonly source: "reply" | "call" | "link" | "api" | "import";
    /** Since when. */
    readonly at: string;
  })[];
  /** All rows about the person, by the table that they are kept in; times are RFC 3339. */
  readonly tables: Readonly<Record<string, readonly ({
  })[]>>;
};

export type ErasePerson = {
  /** A number in any usual writing. */
  readonly to: string;
  /** Puts the number onto the opt-out list as well (scope `all`), as a mark that nobody can read. */
  readonly optOut?: boolean;
};

/** Nobody can tell from the store any more who it was. */
export type PersonErased = {
  /** How many rows were changed. */
  readonly rows: number;
  /** Messages that were still to go out. */
  readonly cancelled: number;
  readonly backupsUntil: string | null;
};

/** Something for which the box needs somebody. */
export type Alert = {
  readonly id: string;
  /** What is wrong, for programs: `noSim`, `simBarred`, `diskLow` ... */
  readonly kind: string;
  /** What it is about: an ICCID, a modem, a webhook, a key; null for the box. */
  readonly subject: string | null;
  /** What is wrong and what to do, or that it is over, in the language of the site. */
  readonly sentence: string;
  /** What `sentence` names, for whoever says it in another language. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** When it began. */
  readonly at: string;
  readonly overAt: string | null;
  readonly mailedAt: string | null;
  readonly textedAt: string | null;
};

/** What became of a test; empty where nobody is named in `[alerts]`. */
export type AlertTest = {
  readonly channels: readonly ({
    readonly channel: "mail" | "text";
    /** Why it did not go; null where it did. */
    readonly error: string | null;
  })[];
};

/** An address that is told of events. */
export type Webhook = {
  readonly id: string;
  /** `file`: it stands in the configuration, and is changed there. */
  readonly source: "file" | "api";
  readonly url: string;
  readonly events: readonly (string)[];
  readonly previousSecretUntil: string | null;
  readonly createdAt: string | null;
  readonly goneSince: string | null;
};

/** A webhook that was just added, or has a new secret. */
export type WebhookWithSecret = {
  readonly id: string;
  /** `file`: it stands in the configuration, and is changed there. */
  readonly source: "file" | "api";
  readonly url: string;
  readonly events: readonly (string)[];
  readonly previousSecretUntil: string | null;
  readonly createdAt: string | null;
  readonly goneSince: string | null;
  /** The key of the signature (Standard Webhooks). It is shown this once. */
  readonly secret: string;
};

export type CreateWebhook = {
  /** Where events are posted. A public address, or one that `[webhooks] allow` names. */
  readonly url: string;
  /** Which events: a name, `message.*` for a family, `*` for all. */
  readonly events?: readonly ("*" | "message.*" | "inbound.*" | "dialogue.*" | "call.*" | "sim.*" | "backup.*" | "limits.*" | "alert.*" | "replies.*" | "store.*" | "occasion.*" | "campaign.*" | "message.accepted" | "message.held" | "message.queued" | "message.sending" | "message.sent" | "message.delivered" | "message.undelivered" | "message.refused" | "message.failed" | "message.expired" | "message.cancelled" | "message.uncertain" | "inbound.received" | "inbound.matched" | "dialogue.moved" | "dialogue.ended" | "call.missed" | "sim.balanceLow" | "sim.attention" | "backup.failed" | "limits.adjacentNumbers" | "alert.raised" | "alert.over" | "replies.many" | "store.restored" | "sim.barred" | "sim.silent" | "sim.restored" | "occasion.booked" | "occasion.confirmed" | "occasion.cancelled" | "occasion.moveAsked" | "occasion.moved" | "occasion.rated" | "occasion.unclear" | "occasion.came" | "occasion.didNotCome" | "occasion.slotTaken" | "campaign.started" | "campaign.paused" | "campaign.stopped" | "campaign.resumed" | "campaign.cancelled" | "campaign.finished")[];
};

export type ChangeWebhook = {
  /** Where events are posted. A public address, or one that `[webhooks] allow` names. */
  readonly url?: string;
  /** Which events: a name, `message.*` for a family, `*` for all. */
  readonly events?: readonly ("*" | "message.*" | "inbound.*" | "dialogue.*" | "call.*" | "sim.*" | "backup.*" | "limits.*" | "alert.*" | "replies.*" | "store.*" | "occasion.*" | "campaign.*" | "message.accepted" | "message.held" | "message.queued" | "message.sending" | "message.sent" | "message.delivered" | "message.undelivered" | "message.refused" | "message.failed" | "message.expired" | "message.cancelled" | "message.uncertain" | "inbound.received" | "inbound.matched" | "dialogue.moved" | "dialogue.ended" | "call.missed" | "sim.balanceLow" | "sim.attention" | "backup.failed" | "limits.adjacentNumbers" | "alert.raised" | "alert.over" | "replies.many" | "store.restored" | "sim.barred" | "sim.silent" | "sim.restored" | "occasion.booked" | "occasion.confirmed" | "occasion.cancelled" | "occasion.moveAsked" | "occasion.moved" | "occasion.rated" | "occasion.unclear" | "occasion.came" | "occasion.didNotCome" | "occasion.slotTaken" | "campaign.started" | "campaign.paused" | "campaign.stopped" | "campaign.resumed" | "campaign.cancelled" | "campaign.finished")[];
};

/** It is told of nothing any more. */
export type WebhookRemoved = {
  readonly id: string;
  readonly removed: true;
};

/** What became of one event at one webhook. */
export type WebhookDelivery = {
  /** Its number, to have it sent again. */
  readonly delivery: number;
  /** The id of the event, as in `webhook-id`. */
  readonly event: string;
  readonly type: "message.accepted" | "message.held" | "message.queued" | "message.sending" | "message.sent" | "message.delivered" | "message.undelivered" | "message.refused" | "message.failed" | "message.expired" | "message.cancelled" | "message.uncertain" | "inbound.received" | "inbound.matched" | "dialogue.moved" | "dialogue.ended" | "call.missed" | "sim.balanceLow" | "sim.attention" | "backup.failed" | "limits.adjacentNumbers" | "alert.raised" | "alert.over" | "replies.many" | "store.restored" | "sim.barred" | "sim.silent" | "sim.restored" | "occasion.booked" | "occasion.confirmed" | "occasion.cancelled" | "occasion.moveAsked" | "occasion.moved" | "occasion.rated" | "occasion.unclear" | "occasion.came" | "occasion.didNotCome" | "occasion.slotTaken" | "campaign.started" | "campaign.paused" | "campaign.stopped" | "campaign.resumed" | "campaign.cancelled" | "campaign.finished";
  /** The id of the message, inbound message or call that it tells of. */
  readonly about: string | null;
  /** `pending` while it is still tried, `failed` once it is given up. */
  readonly state: "pending" | "delivered" | "failed";
  readonly tries: number;
  /** When it happened. */
  readonly createdAt: string;
  readonly nextTryAt: string | null;
  readonly settledAt: string | null;
  /** The HTTP status that ended it well. */
  readonly status: number | null;
  /** Why the last try failed, for programs; more may come, and null also where it is none of these. `status`: an answer other than 2xx; `uncalled`: it had said before that it is `gone`; `hungUp`: it closed without an answer; `noWay`: nothing leads there; `forbidden`: the name leads where the box does not call. */
  readonly reason: "status" | "gone" | "uncalled" | "late" | "nobodyListens" | "hungUp" | "nameUnknown" | "noWay" | "certificate" | "forbidden" | null;
  /** What went wrong at the last try. What the other side wrote is never kept. */
  readonly error: string | null;
};

export type ResendDeliveries = {
  /** These. */
  readonly deliveries?: readonly (number)[];
  /** All that were given up of what happened since then. */
  readonly failedSince?: string;
};

export type DeliveriesResent = {
  /** How many are due again. */
  readonly resent: number;
};

/** Something that happened. */
export type Event = {
  readonly type: "message.accepted" | "message.held" | "message.queued" | "message.sending" | "message.sent" | "message.delivered" | "message.undelivered" | "message.refused" | "message.failed" | "message.expired" | "message.cancelled" | "message.uncertain" | "inbound.received" | "inbound.matched" | "dialogue.moved" | "dialogue.ended" | "call.missed" | "sim.balanceLow" | "sim.attention" | "backup.failed" | "limits.adjacentNumbers" | "alert.raised" | "alert.over" | "replies.many" | "store.restored" | "sim.barred" | "sim.silent" | "sim.restored" | "occasion.booked" | "occasion.confirmed" | "occasion.cancelled" | "occasion.moveAsked" | "occasion.moved" | "occasion.rated" | "occasion.unclear" | "occasion.came" | "occasion.didNotCome" | "occasion.slotTaken" | "campaign.started" | "campaign.paused" | "campaign.stopped" | "campaign.resumed" | "campaign.cancelled" | "campaign.finished";
  /** When it happened. */
  readonly timestamp: string;
  /** The message, the inbound message, the call, what is left on the SIM, how it stands with its operator or what it needs, the occasion, the dialogue or the campaign, as it was right after; or what happened to the box. */
  readonly data: MessageSummary | Inbound | Call | SimBalance | SimStanding | SimAttention | OccasionHappening | Notice | Dialogue | CampaignHappening;
};

/** The `data:` of one server-sent event. */
export type StreamedEvent = {
  /** The one id of this event, the same as in `webhook-id`. */
  readonly id: string;
  readonly type: "message.accepted" | "message.held" | "message.queued" | "message.sending" | "message.sent" | "message.delivered" | "message.undelivered" | "message.refused" | "message.failed" | "message.expired" | "message.cancelled" | "message.uncertain" | "inbound.received" | "inbound.matched" | "dialogue.moved" | "dialogue.ended" | "call.missed" | "sim.balanceLow" | "sim.attention" | "backup.failed" | "limits.adjacentNumbers" | "alert.raised" | "alert.over" | "replies.many" | "store.restored" | "sim.barred" | "sim.silent" | "sim.restored" | "occasion.booked" | "occasion.confirmed" | "occasion.cancelled" | "occasion.moveAsked" | "occasion.moved" | "occasion.rated" | "occasion.unclear" | "occasion.came" | "occasion.didNotCome" | "occasion.slotTaken" | "campaign.started" | "campaign.paused" | "campaign.stopped" | "campaign.resumed" | "campaign.cancelled" | "campaign.finished";
  /** When it happened. */
  readonly timestamp: string;
  /** The message, the inbound message, the call, what is left on the SIM, how it stands with its operator or what it needs, the occasion, the dialogue or the campaign, as it was right after; or what happened to the box. */
  readonly data: MessageSummary | Inbound | Call | SimBalance | SimStanding | SimAttention | OccasionHappening | Notice | Dialogue | CampaignHappening;
};

/** A refusal, as in RFC 9457. */
export type Problem = {
  /** Where this kind of problem is explained. */
  readonly type: string;
  /** The kind of problem, always the same words. */
  readonly title: string;
  /** The HTTP status. */
  readonly status: number;
  /** What is wrong this time, where, and what to do. */
  readonly detail: string;
  /** The kind of problem, for programs. */
  readonly code: "requestInvalid" | "bodyInvalid" | "cursorInvalid" | "keyMissing" | "loginRefused" | "codeNeeded" | "sessionOver" | "keyInvalid" | "addressForbidden" | "crossSite" | "setupNeeded" | "setupDone" | "scopeMissing" | "notFound" | "methodNotAllowed" | "requestTimeout" | "nameTaken" | "lastOwner" | "notUncertain" | "notHeld" | "underWay" | "webhookConfigured" | "countDiffers" | "stateDiffers" | "importRunning" | "countMismatch" | "tooLate" | "pinNotTried" | "ussdBusy" | "idempotencyInFlight" | "bodyTooLarge" | "mediaTypeUnsupported" | "hostUnknown" | "numberInvalid" | "textInvalid" | "textTooLong" | "simUnknown" | "textShouts" | "textThreatens" | "textUnsigned" | "wayOutMissing" | "confirmationIncomplete" | "openingHoursMissing" | "alarmWordsMissing" | "settingInvalid" | "posterInvalid" | "ruleInvalid" | "dialogueInvalid" | "dialogueUnknown" | "dialogueOpen" | "templateUnknown" | "contactUnknown" | "templateInvalid" | "simRefused" | "timeInvalid" | "idempotencyMismatch" | "pinRefused" | "ussdRefused" | "topicInvalid" | "scopeInvalid" | "webhookRefused" | "optedOut" | "suppressionsUnknown" | "consentMissing" | "expired" | "countryNotAllowed" | "premiumNumber" | "noWindow" | "promotionalPer7Days" | "monthlyOffers" | "unanswered" | "visitNear" | "repairUnderWay" | "lowRating" | "linkUnavailable" | "allPerDay" | "quotaUsedUp" | "recipientLimit" | "costLimit" | "adjacentNumbers" | "rateLimited" | "headersTooLarge" | "internal" | "networkRefused" | "unavailable" | "queueFull" | "networkMute" | "storeFull" | "configInvalid" | "storeInUse" | "storeNewer" | "storeForeign" | "suppressionKeyMissing" | "storeDamaged" | "backupFailed" | "restoreRefused" | "portGone" | "portUnreachable" | "portForbidden" | "portNotSerial" | "portBusy" | "modemMute" | "modemRefused" | "modemRubbish" | "pduInvalid" | "closed";
  /** The single places that are wrong; may be empty. */
  readonly errors: readonly ({
    /** A JSON pointer into the body (`/messages/3/to`), `?name` for a query parameter, or the name of a header. */
    readonly pointer: string;
    readonly detail: string;
    /** Why, for programs that say it in a language of their own; more may come, and some places have none. `kind` is a wrong type, `oneOf` a word that is none of those allowed, `notThere` the name of nothing that there is, `reserved` a word with a meaning of its own, `idle` a rule that would do nothing; `field` and `link` are what a template has in braces. */
    readonly reason?: "missing" | "unknown" | "kind" | "oneOf" | "notThere" | "taken" | "reserved" | "twice" | "empty" | "tooShort" | "tooLong" | "tooFew" | "tooMany" | "tooSmall" | "tooLarge" | "past" | "future" | "characters" | "name" | "number" | "amount" | "country" | "timeZone" | "day" | "network" | "phrase" | "tag" | "fieldName" | "field" | "link" | "idle" | "columnMissing";
    /** The least or the most of what is counted there: characters, entries, the number itself. */
    readonly limit?: number;
  })[];
  /** In a batch: seconds after which this entry may be taken. Elsewhere the header `Retry-After` says it. */
  readonly retryAfter?: number;
  /** For `GET /readyz`: why the box is not ready. */
  readonly reasons?: readonly (string)[];
};

export type SendBatch = {
  readonly messages: readonly (BatchItem)[];
};

/** What the API refused, and why: `code` says the kind, `errors` the fields. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

interface Asked {
  readonly path?: object;
  readonly query?: object;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** Every call of the API of Simpost 0.1.0, by its name. Needs `fetch` alone: Node 20 or later, Deno, Bun, a browser. */
export class Simpost {
  readonly #url: string;
  readonly #key: string;

  /**
   * @param url of the box, such as http://127.0.0.1:8025
   * @param key an API key with the scopes that the calls need
   */
  constructor(url: string, key: string) {
    this.#url = url.replace(/\/$/, '');
    this.#key = key;
  }

  /** @throws Refusal for whatever the API refuses; what `fetch` throws where the box does not answer */
  async #send(method: string, template: string, { path = {}, query = {}, body, idempotencyKey, signal }: Asked): Promise<Response> {
    const values = new Map<string, unknown>(Object.entries(path));
    const given = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
    const address = this.#url + template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
    const isText = typeof body === 'string';
    const response = await fetch(given.size === 0 ? address : `${address}?${given}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'content-type': isText ? 'text/csv' : 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (!response.ok) throw new Refusal(JSON.parse(await response.text()));
    return response;
  }

  async #json<T>(method: string, template: string, asked: Asked): Promise<T> {
    return JSON.parse(await this.#text(method, template, asked));
  }

  async #text(method: string, template: string, asked: Asked): Promise<string> {
    return (await this.#send(method, template, asked)).text();
  }

  /** Send a text */
  sendMessage(asked: { readonly body: SendMessage; readonly idempotencyKey?: string; readonly signal?: AbortSignal }): Promise<Message> {
    return this.#json('POST', '/v1/messages', asked);
  }

  /** List messages */
  listMessages(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
      readonly status?: "accepted" | "held" | "queued" | "sending" | "sent" | "delivered" | "undelivered" | "refused" | "failed" | "expired" | "cancelled" | "uncertain";
      /** The recipient, in any usual way to write the number. */
      readonly to?: string;
      readonly purpose?: "otp" | "urgent" | "service" | "promotional";
      /** Accepted at or after: RFC 3339 with an offset. */
      readonly since?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Message)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/messages', asked);
  }

  /** Follow a message */
  getMessage(asked: { readonly path: {
      /** As `POST /v1/messages` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<Message> {
    return this.#json('GET', '/v1/messages/{id}', asked);
  }

  /** Withdraw a message */
  cancelMessage(asked: { readonly path: {
      /** As `POST /v1/messages` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<Message> {
    return this.#json('DELETE', '/v1/messages/{id}', asked);
  }

  /** Decide about a message in doubt */
  resolveMessage(asked: { readonly path: {
      /** As `POST /v1/messages` gave it. */
      readonly id: string;
    }; readonly body: Resolve; readonly signal?: AbortSignal }): Promise<Message> {
    return this.#json('POST', '/v1/messages/{id}/resolve', asked);
  }

  /** Let a held message go now */
  releaseMessage(asked: { readonly path: {
      /** Of the message. */
      readonly id: string;
    }; readonly body: ReleaseMessage; readonly signal?: AbortSignal }): Promise<Released> {
    return this.#json('POST', '/v1/messages/{id}/release', asked);
  }

  /** Send up to 1000 texts */
  sendBatch(asked: { readonly body: SendBatch; readonly idempotencyKey?: string; readonly signal?: AbortSignal }): Promise<BatchResult> {
    return this.#json('POST', '/v1/messages/batch', asked);
  }

  /** Send a one-time code */
  sendCode(asked: { readonly body: SendCode; readonly idempotencyKey?: string; readonly signal?: AbortSignal }): Promise<IssuedCode> {
    return this.#json('POST', '/v1/otp', asked);
  }

  /** Check a one-time code */
  verifyCode(asked: { readonly path: {
      /** As `POST /v1/otp` gave it. */
      readonly id: string;
    }; readonly body: VerifyCode; readonly signal?: AbortSignal }): Promise<CodeVerdict> {
    return this.#json('POST', '/v1/otp/{id}/verify', asked);
  }

  /** What clients wrote */
  listInbound(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
      /** The sender: a number in any usual writing, a short code, or letters. */
      readonly from?: string;
      /** Received at or after: RFC 3339 with an offset. */
      readonly since?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Inbound)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/inbound', asked);
  }

  /** One inbound message */
  getInbound(asked: { readonly path: {
      /** As the list, an event or a webhook gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<Inbound> {
    return this.#json('GET', '/v1/inbound/{id}', asked);
  }

  /** Who called */
  listCalls(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
      /** Who called: a number in any usual writing. */
      readonly from?: string;
      /** First rang at or after: RFC 3339 with an offset. */
      readonly since?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Call)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/calls', asked);
  }

  /** Clients who wrote or called */
  listConversations(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
      /** Only those with something that nobody has seen. */
      readonly unseen?: boolean;
      /** Digits of a number, words of a text, or beginnings of words of a name, among the newest 5,000 texts and calls. */
      readonly search?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<Conversations> {
    return this.#json('GET', '/v1/conversations', asked);
  }

  /** Say that somebody has seen what a client wrote */
  seeConversation(asked: { readonly path: {
      /** As `GET /v1/conversations` gave it. */
      readonly contact: string;
    }; readonly body: SeeConversation; readonly signal?: AbortSignal }): Promise<ConversationSeen> {
    return this.#json('POST', '/v1/conversations/{contact}/seen', asked);
  }

  /** See how a text would be cut */
  previewSegments(asked: { readonly body: PreviewRequest; readonly signal?: AbortSignal }): Promise<Preview> {
    return this.#json('POST', '/v1/segments/preview', asked);
  }

  /** What was spent */
  listCosts(asked: { readonly query?: {
      /** Sent at or after: RFC 3339 with an offset; 30 days before `to` unless given. */
      readonly from?: string;
      /** Sent before: RFC 3339 with an offset; now unless given. */
      readonly to?: string;
      readonly groupBy?: "purpose" | "sim" | "key" | "day" | "hour";
    }; readonly signal?: AbortSignal } = {}): Promise<Costs> {
    return this.#json('GET', '/v1/costs', asked);
  }

  /** What a month will cost */
  estimateCosts(asked: { readonly body: EstimateRequest; readonly signal?: AbortSignal }): Promise<Estimate> {
    return this.#json('POST', '/v1/costs/estimate', asked);
  }

  /** Live events */
  streamEvents(asked: { readonly query?: {
      /** As the header `Last-Event-ID`, for clients that cannot set it. The header wins. */
      readonly lastEventId?: number;
    }; readonly signal?: AbortSignal } = {}): Promise<Response> {
    return this.#send('GET', '/v1/events', asked);
  }

  /** Webhooks */
  listWebhooks(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Webhook)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/webhooks', asked);
  }

  /** Add a webhook */
  createWebhook(asked: { readonly body: CreateWebhook; readonly signal?: AbortSignal }): Promise<WebhookWithSecret> {
    return this.#json('POST', '/v1/webhooks', asked);
  }

  /** Change a webhook */
  changeWebhook(asked: { readonly path: {
      /** As `GET /v1/webhooks` gave it. */
      readonly id: string;
    }; readonly body: ChangeWebhook; readonly signal?: AbortSignal }): Promise<Webhook> {
    return this.#json('PUT', '/v1/webhooks/{id}', asked);
  }

  /** Remove a webhook */
  removeWebhook(asked: { readonly path: {
      /** As `GET /v1/webhooks` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<WebhookRemoved> {
    return this.#json('DELETE', '/v1/webhooks/{id}', asked);
  }

  /** Give a webhook a new secret */
  rotateWebhookSecret(asked: { readonly path: {
      /** As `GET /v1/webhooks` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<WebhookWithSecret> {
    return this.#json('POST', '/v1/webhooks/{id}/secret', asked);
  }

  /** What was called of a webhook */
  listDeliveries(asked: { readonly path: {
      /** As `GET /v1/webhooks` gave it. */
      readonly id: string;
    }; readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
      readonly state?: "pending" | "delivered" | "failed";
    }; readonly signal?: AbortSignal }): Promise<{
    readonly data: readonly (WebhookDelivery)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/webhooks/{id}/deliveries', asked);
  }

  /** Call a webhook again */
  resendDeliveries(asked: { readonly path: {
      /** As `GET /v1/webhooks` gave it. */
      readonly id: string;
    }; readonly body: ResendDeliveries; readonly signal?: AbortSignal }): Promise<DeliveriesResent> {
    return this.#json('POST', '/v1/webhooks/{id}/resend', asked);
  }

  /** SIMs */
  listSims(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Sim)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/sims', asked);
  }

  /** Modems */
  listModems(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Modem)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/modems', asked);
  }

  /** Say that a SIM was topped up */
  topUpSim(asked: { readonly path: {
      /** ICCID. */
      readonly iccid: string;
    }; readonly body: TopUp; readonly signal?: AbortSignal }): Promise<SimPlan> {
    return this.#json('POST', '/v1/sims/{iccid}/top-up', asked);
  }

  /** Take a SIM out of use */
  retireSim(asked: { readonly path: {
      /** ICCID. */
      readonly iccid: string;
    }; readonly body: Retire; readonly signal?: AbortSignal }): Promise<Retired> {
    return this.#json('PUT', '/v1/sims/{iccid}/retirement', asked);
  }

  /** Use a SIM again */
  reinstateSim(asked: { readonly path: {
      /** ICCID. */
      readonly iccid: string;
    }; readonly signal?: AbortSignal }): Promise<Retired> {
    return this.#json('DELETE', '/v1/sims/{iccid}/retirement', asked);
  }

  /** Let urgent messages go past the caps of a SIM */
  allowPastCaps(asked: { readonly path: {
      /** ICCID. */
      readonly iccid: string;
    }; readonly body: Allow; readonly signal?: AbortSignal }): Promise<Allowed> {
    return this.#json('PUT', '/v1/sims/{iccid}/allowance', asked);
  }

  /** Let nothing more go past the caps of a SIM */
  endAllowance(asked: { readonly path: {
      /** ICCID. */
      readonly iccid: string;
    }; readonly signal?: AbortSignal }): Promise<Allowed> {
    return this.#json('DELETE', '/v1/sims/{iccid}/allowance', asked);
  }

  /** The dialogue with a modem */
  getTrace(asked: { readonly path: {
      /** The port, the IMEI or the configured name of the modem; a port with `/` written as `%2F`. */
      readonly modem: string;
    }; readonly query?: {
      /** Only lines after the one with this number. */
      readonly after?: number;
    }; readonly signal?: AbortSignal }): Promise<Trace> {
    return this.#json('GET', '/v1/modems/{modem}/trace', asked);
  }

  /** Record the dialogue with a modem */
  recordTrace(asked: { readonly path: {
      /** The port, the IMEI or the configured name of the modem; a port with `/` written as `%2F`. */
      readonly modem: string;
    }; readonly body: RecordTrace; readonly signal?: AbortSignal }): Promise<Trace> {
    return this.#json('PUT', '/v1/modems/{modem}/trace', asked);
  }

  /** Give a SIM its PIN */
  givePin(asked: { readonly path: {
      /** The port, the IMEI or the configured name of the modem; a port with `/` written as `%2F`. */
      readonly modem: string;
    }; readonly body: GivePin; readonly signal?: AbortSignal }): Promise<PinTaken> {
    return this.#json('POST', '/v1/modems/{modem}/pin', asked);
  }

  /** The signal over time */
  getSignal(asked: { readonly path: {
      /** The port, the IMEI or the configured name of the modem; a port with `/` written as `%2F`. */
      readonly modem: string;
    }; readonly query?: {
      /** From when on: RFC 3339 with an offset; a day ago unless given. */
      readonly since?: string;
    }; readonly signal?: AbortSignal }): Promise<Signal> {
    return this.#json('GET', '/v1/modems/{modem}/signal', asked);
  }

  /** Is the queue being sent? */
  getSending(asked: { readonly signal?: AbortSignal } = {}): Promise<Sending> {
    return this.#json('GET', '/v1/sending', asked);
  }

  /** Pause or resume sending */
  setSending(asked: { readonly body: SetSending; readonly signal?: AbortSignal }): Promise<Sending> {
    return this.#json('PUT', '/v1/sending', asked);
  }

  /** Which backups are there? */
  listBackups(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<Backups> {
    return this.#json('GET', '/v1/backups', asked);
  }

  /** Make a backup now */
  makeBackup(asked: { readonly signal?: AbortSignal } = {}): Promise<Backup> {
    return this.#json('POST', '/v1/backups', asked);
  }

  /** Make a backup the store again */
  restoreBackup(asked: { readonly path: {
      /** As `GET /v1/backups` gave it. */
      readonly name: string;
    }; readonly signal?: AbortSignal }): Promise<BackupToRestore> {
    return this.#json('POST', '/v1/backups/{name}/restore', asked);
  }

  /** List what was due while the box was off */
  listMissed(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Missed)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/missed', asked);
  }

  /** Send or leave what was missed */
  decideMissed(asked: { readonly path: {
      /** Id of the message. */
      readonly id: string;
    }; readonly body: DecideMissed; readonly signal?: AbortSignal }): Promise<Message> {
    return this.#json('POST', '/v1/missed/{id}', asked);
  }

  /** Put a number onto the opt-out list */
  suppress(asked: { readonly body: Suppress; readonly signal?: AbortSignal }): Promise<Suppressions> {
    return this.#json('POST', '/v1/suppressions', asked);
  }

  /** What a client does not want */
  getSuppressions(asked: { readonly query: {
      /** A number in any usual writing. */
      readonly to: string;
    }; readonly signal?: AbortSignal }): Promise<Suppressions> {
    return this.#json('GET', '/v1/suppressions', asked);
  }

  /** Take a number off the opt-out list */
  release(asked: { readonly query: {
      /** A number in any usual writing. */
      readonly to: string;
      /** `all` (everything but codes), `purpose:promotional` and so on, `topic:` and a topic, or `offers:monthly`: offers at most once a month. */
      readonly scope: string;
    }; readonly signal?: AbortSignal }): Promise<Suppressions> {
    return this.#json('DELETE', '/v1/suppressions', asked);
  }

  /** Whether the opt-out list is whole */
  getSuppressionState(asked: { readonly signal?: AbortSignal } = {}): Promise<SuppressionState> {
    return this.#json('GET', '/v1/suppressions/state', asked);
  }

  /** Say that the opt-out list is whole again */
  setSuppressionState(asked: { readonly body: SetSuppressionState; readonly signal?: AbortSignal }): Promise<SuppressionState> {
    return this.#json('PUT', '/v1/suppressions/state', asked);
  }

  /** Import an opt-out list */
  importSuppressions(asked: { readonly query?: {
      /** `all` (everything but codes), `purpose:promotional` and so on, or `topic:` and a topic. */
      readonly scope?: string;
    }; readonly body: string; readonly signal?: AbortSignal }): Promise<SuppressionImport> {
    return this.#json('POST', '/v1/suppressions/import', asked);
  }

  /** Record a consent */
  giveConsent(asked: { readonly body: GiveConsent; readonly signal?: AbortSignal }): Promise<Consent> {
    return this.#json('POST', '/v1/consents', asked);
  }

  /** Read the ledger of consents */
  listConsents(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
      /** Of this number alone. */
      readonly to?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Consent)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/consents', asked);
  }

  /** Write the ledger of consents into a list */
  exportConsents(asked: { readonly query?: {
      /** Between the cells. */
      readonly separator?: "comma" | "semicolon" | "tab";
      /** For a spreadsheet: numbers are guarded by an apostrophe too, and a byte order mark stands first. */
      readonly excel?: "true" | "false";
    }; readonly signal?: AbortSignal } = {}): Promise<string> {
    return this.#text('GET', '/v1/consents/export', asked);
  }

  /** List what a person is asked to look at */
  listTasks(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
      /** About this number alone, in any usual writing. */
      readonly contact?: string;
      /** Also what is done. */
      readonly all?: boolean;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Task)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/tasks', asked);
  }

  /** Ask somebody to look at something */
  createTask(asked: { readonly body: CreateTask; readonly signal?: AbortSignal }): Promise<Task> {
    return this.#json('POST', '/v1/tasks', asked);
  }

  /** Say that a task is done */
  finishTask(asked: { readonly path: {
      /** As `GET /v1/tasks` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<Task> {
    return this.#json('POST', '/v1/tasks/{id}/done', asked);
  }

  /** Tell of an occasion, or that it has changed */
  putOccasion(asked: { readonly path: {
      /** One that has a sequence, such as `visit`. */
      readonly kind: string;
      /** Your own name of it, one in its kind. */
      readonly externalId: string;
    }; readonly body: PutOccasion; readonly signal?: AbortSignal }): Promise<Occasion> {
    return this.#json('PUT', '/v1/occasions/{kind}/{externalId}', asked);
  }

  /** One occasion, and what is told of it */
  getOccasion(asked: { readonly path: {
      /** One that has a sequence, such as `visit`. */
      readonly kind: string;
      /** Your own name of it, one in its kind. */
      readonly externalId: string;
    }; readonly signal?: AbortSignal }): Promise<Occasion> {
    return this.#json('GET', '/v1/occasions/{kind}/{externalId}', asked);
  }

  /** Forget an occasion */
  removeOccasion(asked: { readonly path: {
      /** One that has a sequence, such as `visit`. */
      readonly kind: string;
      /** Your own name of it, one in its kind. */
      readonly externalId: string;
    }; readonly signal?: AbortSignal }): Promise<OccasionRemoved> {
    return this.#json('DELETE', '/v1/occasions/{kind}/{externalId}', asked);
  }

  /** Say whether the client came */
  markOccasion(asked: { readonly path: {
      /** One that has a sequence, such as `visit`. */
      readonly kind: string;
      /** Your own name of it, one in its kind. */
      readonly externalId: string;
    }; readonly body: MarkOccasion; readonly signal?: AbortSignal }): Promise<Occasion> {
    return this.#json('POST', '/v1/occasions/{kind}/{externalId}/attendance', asked);
  }

  /** List occasions */
  listOccasions(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
      readonly kind?: string;
      /** Of one number. */
      readonly to?: string;
      readonly resource?: string;
      readonly status?: string;
      /** That begin then or later. */
      readonly from?: string;
      /** That begin before then. */
      readonly until?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Occasion)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/occasions', asked);
  }

  /** Tell everybody who is booked in a period */
  notifyOccasions(asked: { readonly body: NotifyOccasions; readonly signal?: AbortSignal }): Promise<OccasionNotice> {
    return this.#json('POST', '/v1/occasions/notify', asked);
  }

  /** Undo news for many, within its minute */
  undoNotice(asked: { readonly path: {
      /** As `POST /v1/occasions/notify` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<NoticeUndone> {
    return this.#json('POST', '/v1/occasions/notify/{id}/undo', asked);
  }

  /** List what is told of each kind of occasion */
  listSequences(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Sequence)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/sequences', asked);
  }

  /** What is told of one kind of occasion */
  getSequence(asked: { readonly path: {
      /** The kind of occasion. */
      readonly kind: string;
    }; readonly signal?: AbortSignal }): Promise<Sequence> {
    return this.#json('GET', '/v1/sequences/{kind}', asked);
  }

  /** Change what is told of a kind of occasion, or make a kind */
  setSequence(asked: { readonly path: {
      /** The kind of occasion. */
      readonly kind: string;
    }; readonly body: SetSequence; readonly signal?: AbortSignal }): Promise<Sequence> {
    return this.#json('PUT', '/v1/sequences/{kind}', asked);
  }

  /** Give a kind its shipped sequence back */
  removeSequence(asked: { readonly path: {
      /** The kind of occasion. */
      readonly kind: string;
    }; readonly signal?: AbortSignal }): Promise<{
    readonly kind: string;
    readonly shipped: boolean;
  }> {
    return this.#json('DELETE', '/v1/sequences/{kind}', asked);
  }

  /** What was sent, what came back, and who came */
  getStatistics(asked: { readonly query?: {
      /** 30 days before `to` unless given. */
      readonly from?: string;
      /** Now unless given. */
      readonly to?: string;
      readonly by?: "day" | "purpose" | "kind" | "template" | "sim";
    }; readonly signal?: AbortSignal } = {}): Promise<Statistics> {
    return this.#json('GET', '/v1/statistics', asked);
  }

  /** What clients thought, by resource */
  getRatings(asked: { readonly query?: {
      /** 90 days before `to` unless given. */
      readonly from?: string;
      /** Now unless given. */
      readonly to?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<Ratings> {
    return this.#json('GET', '/v1/ratings', asked);
  }

  /** The rules, in the order in which they are asked */
  listRules(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Rule)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/rules', asked);
  }

  /** Make a rule, or change it */
  putRule(asked: { readonly path: {
      /** The name of the rule. */
      readonly name: string;
    }; readonly body: NewRule; readonly signal?: AbortSignal }): Promise<Rule> {
    return this.#json('PUT', '/v1/rules/{name}', asked);
  }

  /** Remove a rule */
  removeRule(asked: { readonly path: {
      /** The name of the rule. */
      readonly name: string;
    }; readonly signal?: AbortSignal }): Promise<{
    readonly name: string;
    readonly removed: true;
  }> {
    return this.#json('DELETE', '/v1/rules/{name}', asked);
  }

  /** Try what would follow from a text */
  tryRules(asked: { readonly body: RuleToTry; readonly signal?: AbortSignal }): Promise<RuleTrial> {
    return this.#json('POST', '/v1/rules/try', asked);
  }

  /** List dialogues */
  listDialogues(asked: { readonly query?: {
      /** Of this number alone. */
      readonly contact?: string;
      /** Those that go on, or that ended so. */
      readonly state?: "open" | "completed" | "cancelled" | "expired" | "refused" | "handedOver" | "stopped";
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Dialogue)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/dialogues', asked);
  }

  /** Begin a dialogue with a client */
  beginDialogue(asked: { readonly body: BeginDialogue; readonly signal?: AbortSignal }): Promise<Dialogue> {
    return this.#json('POST', '/v1/dialogues', asked);
  }

  /** One dialogue */
  getDialogue(asked: { readonly path: {
      /** As `GET /v1/dialogues` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<Dialogue> {
    return this.#json('GET', '/v1/dialogues/{id}', asked);
  }

  /** Tell a dialogue what happened outside */
  tellDialogue(asked: { readonly path: {
      /** As `GET /v1/dialogues` gave it. */
      readonly id: string;
    }; readonly body: DialogueEvent; readonly signal?: AbortSignal }): Promise<Dialogue> {
    return this.#json('POST', '/v1/dialogues/{id}/events', asked);
  }

  /** End a dialogue, or take it over */
  steerDialogue(asked: { readonly path: {
      /** As `GET /v1/dialogues` gave it. */
      readonly id: string;
    }; readonly body: SteerDialogue; readonly signal?: AbortSignal }): Promise<Dialogue> {
    return this.#json('POST', '/v1/dialogues/{id}/steer', asked);
  }

  /** The dialogues that can be had */
  listDialogueDefinitions(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (DialogueDefinition)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/dialogue-definitions', asked);
  }

  /** Put a dialogue into use */
  putDialogueDefinition(asked: { readonly path: {
      readonly name: string;
    }; readonly body: SetDialogueDefinition; readonly signal?: AbortSignal }): Promise<DialogueDefinition> {
    return this.#json('PUT', '/v1/dialogue-definitions/{name}', asked);
  }

  /** Take a dialogue out of use */
  removeDialogueDefinition(asked: { readonly path: {
      readonly name: string;
    }; readonly signal?: AbortSignal }): Promise<{
    readonly name: string;
    readonly removed: true;
  }> {
    return this.#json('DELETE', '/v1/dialogue-definitions/{name}', asked);
  }

  /** A pool of things */
  getStock(asked: { readonly path: {
      /** As a definition names it; with a full stop and the name of a resource behind it, the things of that resource alone. */
      readonly pool: string;
    }; readonly signal?: AbortSignal }): Promise<StockPool> {
    return this.#json('GET', '/v1/stock/{pool}', asked);
  }

  /** Fill a pool of things */
  putStock(asked: { readonly path: {
      /** As a definition names it; with a full stop and the name of a resource behind it, the things of that resource alone. */
      readonly pool: string;
    }; readonly body: SetStockPool; readonly signal?: AbortSignal }): Promise<StockPool> {
    return this.#json('PUT', '/v1/stock/{pool}', asked);
  }

  /** Say that a thing is free again */
  freeStock(asked: { readonly path: {
      /** As a definition names it; with a full stop and the name of a resource behind it, the things of that resource alone. */
      readonly pool: string;
    }; readonly body: FreeStock; readonly signal?: AbortSignal }): Promise<{
    readonly thing: string;
    readonly freed: true;
  }> {
    return this.#json('POST', '/v1/stock/{pool}/free', asked);
  }

  /** The posters */
  listPosters(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Poster)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/posters', asked);
  }

  /** Make a poster, or change it */
  putPoster(asked: { readonly path: {
      /** One word of letters and digits. */
      readonly word: string;
    }; readonly body: SetPoster; readonly signal?: AbortSignal }): Promise<Poster> {
    return this.#json('PUT', '/v1/posters/{word}', asked);
  }

  /** Take a poster away */
  removePoster(asked: { readonly path: {
      /** One word of letters and digits. */
      readonly word: string;
    }; readonly signal?: AbortSignal }): Promise<{
    readonly word: string;
    readonly removed: true;
  }> {
    return this.#json('DELETE', '/v1/posters/{word}', asked);
  }

  /** A poster to print */
  printPoster(asked: { readonly path: {
      /** One word of letters and digits. */
      readonly word: string;
    }; readonly signal?: AbortSignal }): Promise<string> {
    return this.#text('GET', '/v1/posters/{word}/page', asked);
  }

  /** Is the clock right? */
  getTime(asked: { readonly signal?: AbortSignal } = {}): Promise<Time> {
    return this.#json('GET', '/v1/time', asked);
  }

  /** Confirm the clock */
  confirmTime(asked: { readonly body: ConfirmTime; readonly signal?: AbortSignal }): Promise<Time> {
    return this.#json('PUT', '/v1/time', asked);
  }

  /** List the texts to clients */
  listTemplates(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Template)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/templates', asked);
  }

  /** One text to clients */
  getTemplate(asked: { readonly path: {
      /** Letters and digits, in parts with points between, such as `visit.confirmation`. */
      readonly name: string;
    }; readonly signal?: AbortSignal }): Promise<Template> {
    return this.#json('GET', '/v1/templates/{name}', asked);
  }

  /** Write a text of your own */
  setTemplate(asked: { readonly path: {
      /** Letters and digits, in parts with points between, such as `visit.confirmation`. */
      readonly name: string;
    }; readonly body: SetTemplate; readonly signal?: AbortSignal }): Promise<Template> {
    return this.#json('PUT', '/v1/templates/{name}', asked);
  }

  /** Remove a text of your own */
  removeTemplate(asked: { readonly path: {
      /** Letters and digits, in parts with points between, such as `visit.confirmation`. */
      readonly name: string;
    }; readonly signal?: AbortSignal }): Promise<TemplateRemoved> {
    return this.#json('DELETE', '/v1/templates/{name}', asked);
  }

  /** See a text as a client would read it */
  previewTemplate(asked: { readonly body: TemplatePreviewRequest; readonly signal?: AbortSignal }): Promise<TemplatePreview> {
    return this.#json('POST', '/v1/templates/preview', asked);
  }

  /** Write a contact */
  setContact(asked: { readonly path: {
      /** Your own id: letters, digits, ".", "_", ":", "@" and "-". */
      readonly externalId: string;
    }; readonly body: SetContact; readonly signal?: AbortSignal }): Promise<Contact> {
    return this.#json('PUT', '/v1/contacts/{externalId}', asked);
  }

  /** One contact */
  getContact(asked: { readonly path: {
      /** Your own id: letters, digits, ".", "_", ":", "@" and "-". */
      readonly externalId: string;
    }; readonly signal?: AbortSignal }): Promise<Contact> {
    return this.#json('GET', '/v1/contacts/{externalId}', asked);
  }

  /** Remove a contact */
  removeContact(asked: { readonly path: {
      /** Your own id: letters, digits, ".", "_", ":", "@" and "-". */
      readonly externalId: string;
    }; readonly signal?: AbortSignal }): Promise<ContactRemoved> {
    return this.#json('DELETE', '/v1/contacts/{externalId}', asked);
  }

  /** List or find contacts */
  listContacts(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
      /** Beginnings of words of the name or of the id, or at least three digits of a number. */
      readonly search?: string;
      readonly tag?: string;
      /** In any usual writing. */
      readonly number?: string;
      readonly branch?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Contact)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/contacts', asked);
  }

  /** Write all contacts into a list */
  exportContacts(asked: { readonly query?: {
      /** Between the cells. */
      readonly separator?: "comma" | "semicolon" | "tab";
      /** For a spreadsheet: numbers are guarded by an apostrophe too, and a byte order mark stands first. */
      readonly excel?: "true" | "false";
    }; readonly signal?: AbortSignal } = {}): Promise<string> {
    return this.#text('GET', '/v1/contacts/export', asked);
  }

  /** Import a list of contacts */
  importContacts(asked: { readonly query?: {
      /** Says what each row would do, and stores nothing. */
      readonly dryRun?: "true" | "false";
      /** A JSON object: by the heading of a column (or its number, from 1) what it is: `externalId`, `name`, `firstName`, `lastName`, `numbers`, `language`, `timeZone`, `tags`, `preferredChannel`, `branch`, or `fields.` and a name. Usual headings in Ukrainian, Russian, Kazakh and English are known without; other columns are left out. */
      readonly mapping?: string;
      /** A JSON object as `POST /v1/consents` takes it, without `to`: what everybody on the list agreed to. Kept for each number, with the rows. */
      readonly consent?: string;
      /** What the file is written in; found out unless given. */
      readonly encoding?: "utf-8" | "windows-1251";
      /** So many rows are shown with what they do. */
      readonly rows?: number;
      /** The first row of the file that is shown. */
      readonly from?: number;
    }; readonly body: string; readonly signal?: AbortSignal }): Promise<ContactImport> {
    return this.#json('POST', '/v1/contacts/import', asked);
  }

  /** Save a segment */
  setSegment(asked: { readonly path: {
      /** Letters, digits, ".", "_" and "-". */
      readonly name: string;
    }; readonly body: SetSegment; readonly signal?: AbortSignal }): Promise<CountedSegment> {
    return this.#json('PUT', '/v1/segments/{name}', asked);
  }

  /** One segment, counted */
  getSegment(asked: { readonly path: {
      /** Letters, digits, ".", "_" and "-". */
      readonly name: string;
    }; readonly signal?: AbortSignal }): Promise<CountedSegment> {
    return this.#json('GET', '/v1/segments/{name}', asked);
  }

  /** Remove a segment */
  removeSegment(asked: { readonly path: {
      /** Letters, digits, ".", "_" and "-". */
      readonly name: string;
    }; readonly signal?: AbortSignal }): Promise<SegmentRemoved> {
    return this.#json('DELETE', '/v1/segments/{name}', asked);
  }

  /** List segments */
  listSegments(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Segment)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/segments', asked);
  }

  /** Count who fits a filter */
  countSegment(asked: { readonly body: SetSegment; readonly signal?: AbortSignal }): Promise<SegmentCount> {
    return this.#json('POST', '/v1/segments/count', asked);
  }

  /** Make a campaign */
  createCampaign(asked: { readonly body: CreateCampaign; readonly signal?: AbortSignal }): Promise<Campaign> {
    return this.#json('POST', '/v1/campaigns', asked);
  }

  /** List campaigns */
  listCampaigns(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Campaign)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/campaigns', asked);
  }

  /** One campaign, with its progress */
  getCampaign(asked: { readonly path: {
      /** As `POST /v1/campaigns` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<Campaign> {
    return this.#json('GET', '/v1/campaigns/{id}', asked);
  }

  /** What a campaign would do */
  estimateCampaign(asked: { readonly path: {
      /** As `POST /v1/campaigns` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<CampaignEstimate> {
    return this.#json('POST', '/v1/campaigns/{id}/estimate', asked);
  }

  /** Start a campaign */
  startCampaign(asked: { readonly path: {
      /** As `POST /v1/campaigns` gave it. */
      readonly id: string;
    }; readonly body: StartCampaign; readonly signal?: AbortSignal }): Promise<Campaign> {
    return this.#json('POST', '/v1/campaigns/{id}/start', asked);
  }

  /** Pause a campaign */
  pauseCampaign(asked: { readonly path: {
      /** As `POST /v1/campaigns` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<Campaign> {
    return this.#json('POST', '/v1/campaigns/{id}/pause', asked);
  }

  /** Go on with a campaign */
  resumeCampaign(asked: { readonly path: {
      /** As `POST /v1/campaigns` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<Campaign> {
    return this.#json('POST', '/v1/campaigns/{id}/resume', asked);
  }

  /** End a campaign */
  cancelCampaign(asked: { readonly path: {
      /** As `POST /v1/campaigns` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<Campaign> {
    return this.#json('POST', '/v1/campaigns/{id}/cancel', asked);
  }

  /** What became of a campaign */
  getCampaignResults(asked: { readonly path: {
      /** As `POST /v1/campaigns` gave it. */
      readonly id: string;
    }; readonly query?: {
      /** What is compared. */
      readonly measure?: "delivered" | "replied" | "clicked" | "optedOut" | "cameBack";
    }; readonly signal?: AbortSignal }): Promise<CampaignResults> {
    return this.#json('GET', '/v1/campaigns/{id}/results', asked);
  }

  /** Write a resource */
  setResource(asked: { readonly path: {
      /** Your own id: letters, digits, ".", "_", ":", "@" and "-". */
      readonly externalId: string;
    }; readonly body: SetResource; readonly signal?: AbortSignal }): Promise<Resource> {
    return this.#json('PUT', '/v1/resources/{externalId}', asked);
  }

  /** One resource */
  getResource(asked: { readonly path: {
      /** Your own id: letters, digits, ".", "_", ":", "@" and "-". */
      readonly externalId: string;
    }; readonly signal?: AbortSignal }): Promise<Resource> {
    return this.#json('GET', '/v1/resources/{externalId}', asked);
  }

  /** Remove a resource */
  removeResource(asked: { readonly path: {
      /** Your own id: letters, digits, ".", "_", ":", "@" and "-". */
      readonly externalId: string;
    }; readonly signal?: AbortSignal }): Promise<ResourceRemoved> {
    return this.#json('DELETE', '/v1/resources/{externalId}', asked);
  }

  /** List resources */
  listResources(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
      readonly kind?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Resource)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/resources', asked);
  }

  /** Ask the operator by USSD */
  askUssd(asked: { readonly path: {
      /** The ICCID of the SIM, as `GET /v1/sims` shows it. */
      readonly iccid: string;
    }; readonly body: AskUssd; readonly signal?: AbortSignal }): Promise<UssdAnswer> {
    return this.#json('POST', '/v1/sims/{iccid}/ussd', asked);
  }

  /** Where the calls of a SIM go */
  getForwarding(asked: { readonly path: {
      /** The ICCID of the SIM, as `GET /v1/sims` shows it. */
      readonly iccid: string;
    }; readonly signal?: AbortSignal }): Promise<ForwardingState> {
    return this.#json('GET', '/v1/sims/{iccid}/forwarding', asked);
  }

  /** Forward the calls of a SIM */
  forwardCalls(asked: { readonly path: {
      /** The ICCID of the SIM, as `GET /v1/sims` shows it. */
      readonly iccid: string;
    }; readonly body: Forwarding; readonly signal?: AbortSignal }): Promise<ForwardingSet> {
    return this.#json('PUT', '/v1/sims/{iccid}/forwarding', asked);
  }

  /** End the forwarding of a SIM */
  endForwarding(asked: { readonly path: {
      /** The ICCID of the SIM, as `GET /v1/sims` shows it. */
      readonly iccid: string;
    }; readonly signal?: AbortSignal }): Promise<ForwardingEnded> {
    return this.#json('DELETE', '/v1/sims/{iccid}/forwarding', asked);
  }

  /** API keys */
  listKeys(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (ApiKey)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/keys', asked);
  }

  /** Make an API key */
  createKey(asked: { readonly body: CreateKey; readonly signal?: AbortSignal }): Promise<CreatedKey> {
    return this.#json('POST', '/v1/keys', asked);
  }

  /** End an API key */
  revokeKey(asked: { readonly path: {
      /** As `GET /v1/keys` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<KeyRevoked> {
    return this.#json('DELETE', '/v1/keys/{id}', asked);
  }

  /** Become the owner of a new box */
  setUp(asked: { readonly body: SetUp; readonly signal?: AbortSignal }): Promise<User> {
    return this.#json('POST', '/v1/setup', asked);
  }

  /** Users */
  listUsers(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (User)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/users', asked);
  }

  /** Add a user */
  createUser(asked: { readonly body: CreateUser; readonly signal?: AbortSignal }): Promise<User> {
    return this.#json('POST', '/v1/users', asked);
  }

  /** Change the role or the password of a user */
  changeUser(asked: { readonly path: {
      /** As `GET /v1/users` gave it. */
      readonly id: string;
    }; readonly body: ChangeUser; readonly signal?: AbortSignal }): Promise<User> {
    return this.#json('PUT', '/v1/users/{id}', asked);
  }

  /** Remove a user */
  removeUser(asked: { readonly path: {
      /** As `GET /v1/users` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<UserRemoved> {
    return this.#json('DELETE', '/v1/users/{id}', asked);
  }

  /** Take the second factor away from a user who lost it */
  takeSecondFactorAway(asked: { readonly path: {
      /** As `GET /v1/users` gave it. */
      readonly id: string;
    }; readonly signal?: AbortSignal }): Promise<User> {
    return this.#json('DELETE', '/v1/users/{id}/second-factor', asked);
  }

  /** Log in */
  logIn(asked: { readonly body: Login; readonly signal?: AbortSignal }): Promise<Session> {
    return this.#json('POST', '/v1/session', asked);
  }

  /** Who am I? */
  getSession(asked: { readonly signal?: AbortSignal } = {}): Promise<Session> {
    return this.#json('GET', '/v1/session', asked);
  }

  /** Log out */
  logOut(asked: { readonly signal?: AbortSignal } = {}): Promise<SessionEnded> {
    return this.#json('DELETE', '/v1/session', asked);
  }

  /** Change my password */
  changeOwnPassword(asked: { readonly body: OwnPassword; readonly signal?: AbortSignal }): Promise<Session> {
    return this.#json('PUT', '/v1/session/password', asked);
  }

  /** Do I show a code as well? */
  getSecondFactor(asked: { readonly signal?: AbortSignal } = {}): Promise<SecondFactor> {
    return this.#json('GET', '/v1/session/second-factor', asked);
  }

  /** Get a secret for an app that makes codes */
  beginSecondFactor(asked: { readonly body: BeginSecondFactor; readonly signal?: AbortSignal }): Promise<NewSecondFactor> {
    return this.#json('POST', '/v1/session/second-factor', asked);
  }

  /** Switch my second factor on */
  confirmSecondFactor(asked: { readonly body: ConfirmSecondFactor; readonly signal?: AbortSignal }): Promise<RecoveryCodes> {
    return this.#json('PUT', '/v1/session/second-factor', asked);
  }

  /** Switch my second factor off */
  endSecondFactor(asked: { readonly body: EndSecondFactor; readonly signal?: AbortSignal }): Promise<SecondFactor> {
    return this.#json('POST', '/v1/session/second-factor/off', asked);
  }

  /** Who did what */
  listAudit(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
      /** Asked at or after: RFC 3339 with an offset. */
      readonly since?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (AuditEntry)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/audit', asked);
  }

  /** What this installation is called and where it stands */
  getSite(asked: { readonly signal?: AbortSignal } = {}): Promise<Site> {
    return this.#json('GET', '/v1/site', asked);
  }

  /** The rules of policy that are set, and the quiet hours */
  getManners(asked: { readonly signal?: AbortSignal } = {}): Promise<Manners> {
    return this.#json('GET', '/v1/manners', asked);
  }

  /** What may be changed while the box runs */
  getSettings(asked: { readonly signal?: AbortSignal } = {}): Promise<Settings> {
    return this.#json('GET', '/v1/settings', asked);
  }

  /** Change settings while the box runs */
  changeSettings(asked: { readonly body: ChangeSettings; readonly signal?: AbortSignal }): Promise<Settings> {
    return this.#json('PUT', '/v1/settings', asked);
  }

  /** Virtual phones */
  listPhones(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Phone)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/phones', asked);
  }

  /** Write a text on a virtual phone */
  writeOnPhone(asked: { readonly path: {
      /** As `GET /v1/phones` shows it. */
      readonly number: string;
    }; readonly body: WriteOnPhone; readonly signal?: AbortSignal }): Promise<Phones> {
    return this.#json('POST', '/v1/phones/{number}/texts', asked);
  }

  /** Call from a virtual phone */
  callFromPhone(asked: { readonly path: {
      /** As `GET /v1/phones` shows it. */
      readonly number: string;
    }; readonly signal?: AbortSignal }): Promise<Phones> {
    return this.#json('POST', '/v1/phones/{number}/calls', asked);
  }

  /** Switch a virtual phone on or off */
  switchPhone(asked: { readonly path: {
      /** As `GET /v1/phones` shows it. */
      readonly number: string;
    }; readonly body: SwitchPhone; readonly signal?: AbortSignal }): Promise<Phones> {
    return this.#json('PUT', '/v1/phones/{number}', asked);
  }

  /** Is the process alive? */
  health(asked: { readonly signal?: AbortSignal } = {}): Promise<{
    readonly status: "ok";
  }> {
    return this.#json('GET', '/healthz', asked);
  }

  /** Can it send? */
  readiness(asked: { readonly signal?: AbortSignal } = {}): Promise<{
    readonly status: "ready";
    readonly reasons: readonly (string)[];
  }> {
    return this.#json('GET', '/readyz', asked);
  }

  /** All that is known of a person */
  exportPerson(asked: { readonly body: ExportPerson; readonly signal?: AbortSignal }): Promise<PersonExport> {
    return this.#json('POST', '/v1/persons/export', asked);
  }

  /** Forget a person */
  erasePerson(asked: { readonly body: ErasePerson; readonly signal?: AbortSignal }): Promise<PersonErased> {
    return this.#json('POST', '/v1/persons/erase', asked);
  }

  /** The box in figures */
  metrics(asked: { readonly signal?: AbortSignal } = {}): Promise<string> {
    return this.#text('GET', '/metrics', asked);
  }

  /** What the box needs somebody for */
  listAlerts(asked: { readonly query?: {
      /** At most this many entries in one answer. */
      readonly limit?: number;
      /** What `nextCursor` said before: the entries after those. */
      readonly cursor?: string;
      /** Also those that are over. */
      readonly all?: boolean;
    }; readonly signal?: AbortSignal } = {}): Promise<{
    readonly data: readonly (Alert)[];
    /** Give it as `cursor` for what follows; null when nothing does. */
    readonly nextCursor: string | null;
  }> {
    return this.#json('GET', '/v1/alerts', asked);
  }

  /** Send a test to whoever is told of alerts */
  testAlerts(asked: { readonly signal?: AbortSignal } = {}): Promise<AlertTest> {
    return this.#json('POST', '/v1/alerts/test', asked);
  }

  /** This document */
  openApi(asked: { readonly signal?: AbortSignal } = {}): Promise<{
  }> {
    return this.#json('GET', '/openapi.json', asked);
  }
}
