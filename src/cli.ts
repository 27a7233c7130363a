import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { Fault } from './base/fault.ts';
import type { DoctorCommand } from './commands/doctor.ts';
import type { ImportCommand } from './commands/import.ts';
import type { CreateKeyCommand } from './commands/keys.ts';
import type { SendCommand } from './commands/send.ts';
import type { SimulateCommand } from './commands/simulate.ts';
import type { StatusCommand } from './commands/status.ts';
import { systemSentence } from './commands/system-error.ts';
import type { TailCommand } from './commands/tail.ts';
import { VERSION } from './version.ts';

/**
 * The words of the command line. Each command loads what it needs when it runs, so that `--help` and small commands
 * start at once. Standard output has the answer and nothing else; standard error has the log and the mistakes.
 */
export async function run(args: readonly string[]): Promise<number> {
  let code = 0;
  const program = new Command('simpost')
    .description('A self-hosted SMS gateway: GSM modems on one side, an HTTP API on the other.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(add --help for what there is)');

  program
    .command('serve')
    .description('runs the daemon in the foreground until SIGTERM or SIGINT')
    .option('--config <file>', CONFIG_HELP)
    .action(async (options: { config?: string }) => {
      const { serve } = await import('./commands/serve.ts');
      await serve(options.config);
    });

  program
    .command('demo')
    .description('runs a daemon with two virtual modems and a few virtual phones, to look at; no hardware, no cost')
    .option('--data <dir>', 'where the demo keeps its store, apart from any real installation', 'demo-data')
    .option('--listen <address>', 'address and port of the API; the next free port if it is taken', '127.0.0.1:8025')
    .action(async (options: { data: string; listen: string }) => {
      const { demo } = await import('./commands/demo.ts');
      await demo(options);
    });

  withDaemonOptions(program.command('send'))
    .description('hands a message to the running daemon and prints its id')
    .requiredOption('--to <number>', 'the recipient, as +380501234567 or in any usual writing of the country of the site')
    .requiredOption('--text <text>', 'what the client reads')
    .option('--purpose <purpose>', 'otp, urgent, service or promotional (default: service)')
    .option('--wait [status]', 'waits until it is sent, or with "--wait delivered" delivered, and tells each step')
    .option('--timeout <s>', 'how long --wait waits', wholeNumber(1, 86_400), 300)
    .action(async (options: SendCommand) => {
      const [{ send }, { systemClock }] = await Promise.all([import('./commands/send.ts'), import('./base/clock.ts')]);
      const out = (text: string): void => void process.stdout.write(text);
      await send(options, { fetch, env: process.env, clock: systemClock, out, progress: (text) => void process.stderr.write(text) });
    });

  withDaemonOptions(program.command('status'))
    .description('shows what the running daemon is doing: modems, SIMs, messages under way')
    .option('--watch', 'shows it again every 2 seconds, until Ctrl-C')
    .action(async (options: StatusCommand) => {
      const [{ status }, { systemClock }, { stopSignal }] = await Promise.all([
        import('./commands/status.ts'),
        import('./base/clock.ts'),
        import('./commands/stop-signal.ts'),
      ]);
      const stopped = options.watch ? stopSignal() : new Promise<never>(() => undefined);
      const isTerminal = process.stdout.isTTY === true;
      await status(options, {
        fetch,
        env: process.env,
        clock: systemClock,
        isTerminal,
        stopped,
        out: (text) => void process.stdout.write(text),
      });
      // A pause that was cut short would hold the process for its rest.
      if (options.watch) process.exit(0);
    });

  withDaemonOptions(program.command('tail'))
    .description('follows what goes on: messages, answers, calls, modems, until Ctrl-C; texts are not shown')
    .option('--modem <name>', 'the dialogue with this modem as well: its name, port or IMEI (needs a key with the scope operate)')
    .action(async (options: TailCommand) => {
      const [{ tail }, { systemClock }, { stopSignal }] = await Promise.all([
        import('./commands/tail.ts'),
        import('./base/clock.ts'),
        import('./commands/stop-signal.ts'),
      ]);
      const out = (text: string): void => void process.stdout.write(text);
      await tail(options, { fetch, env: process.env, clock: systemClock, stopped: stopSignal(), out });
      // A pause that was cut short would hold the process for its rest.
      process.exit(0);
    });

  withDaemonOptions(program.command('doctor'))
    .description('says what is wrong with this machine and its modems, and what to do; asks the daemon, or the modems where none runs')
    .option('--test <sims...>', 'sends a test message from one SIM to another (two ICCIDs or names) and says what came of it')
    .option('--yes', 'sends the test message without asking first')
    .option('--report <file>', 'writes all that was found into one file to give away: no texts, no keys, no whole numbers')
    .action(async (options: DoctorCommand) => {
      const [{ doctor }, { machine }] = await Promise.all([import('./commands/doctor.ts'), import('./commands/machine.ts')]);
      code = await doctor(options, machine());
    });

  program
    .command('simulate')
    .description('runs virtual modems on TCP ports (and ptys), for tests and staging; Simpost or any other gateway can drive them')
    .requiredOption('--modems <n>', 'how many', wholeNumber(1, 256))
    .option('--tcp <port>', 'the first modem listens here, the next on the ports after it', wholeNumber(1, 65_535))
    .option('--pty <dir>', 'also makes a pseudo terminal for each, as DIR/modem1 and so on (needs socat)')
    .option(
      '--make <name>',
      'what make they are: a profile of firmware-config/profiles, such as huawei, quectel-ec or wavecom-q24',
      'generic',
    )
    .option('--control <port>', 'HTTP control on the loopback: phones, inbound texts, faults, ledger', wholeNumber(0, 65_535))
    .option('--ledger <file>', 'appends every segment that the network accepted, as JSON lines')
    .option('--radio-ms <ms>', 'how long a segment is on the air', wholeNumber(0, 600_000), 3000)
    .option('--delivery-ms <ms>', 'from the network to the phone', wholeNumber(0, 86_400_000), 500)
    .option('--report-ms <ms>', 'from the phone to the status report', wholeNumber(0, 86_400_000), 500)
    .option('--seed <n>', 'of the identities and of chance', wholeNumber(0, 2 ** 31), 1)
    .action(async (options: SimulateCommand) => {
      const { simulateUntilStopped } = await import('./commands/simulate.ts');
      await simulateUntilStopped(options);
    });

  program
    .command('backup')
    .description('makes a checked copy of the store; works with or without a daemon running')
    .option('--to <dir>', 'where it goes, instead of the directory of [backup]')
    .option('--config <file>', CONFIG_HELP)
    .action(async (options: { to?: string; config?: string }) => {
      const { backup } = await import('./commands/backup.ts');
      process.stdout.write(await backup(options));
    });

  program
    .command('restore')
    .description('makes a backup the store again, while no daemon runs; the store of before is kept aside')
    .argument('<file>', 'the backup')
    .option(
      '--lose-suppression',
      'restore it also without the key of its opt-outs: nothing but codes goes out until they are imported again',
    )
    .option('--config <file>', CONFIG_HELP)
    .action(async (file: string, options: { config?: string; loseSuppression?: boolean }) => {
      const { restore } = await import('./commands/restore.ts');
      process.stdout.write(await restore(file, options));
    });

  const keys = program.command('keys').description('API keys');
  keys
    .command('create')
    .description('makes an API key and prints it, once; works with or without a daemon running')
    .requiredOption('--name <name>', 'what the key is for, such as the program that will use it')
    .option(
      '--scopes <list>',
      'what it may do, separated by commas: send (or send:service and the like), read, inbox, read:all, operate, admin',
      'send,read',
    )
    .option('--weight <n>', 'its share of the queue beside other keys, 1 to 100', '1')
    .option('--expires <time>', 'from when on it opens nothing, such as 2027-11-22T10:00:00Z')
    .option('--allow-from <networks>', 'where it may be used from, separated by commas, such as 192.168.1.0/24,127.0.0.1')
    .option('--per-hour <n>', 'messages that it may hand over in any hour')
    .option('--per-day <n>', 'messages that it may hand over in any 24 hours')
    .option('--config <file>', CONFIG_HELP)
    .action(async (options: CreateKeyCommand) => {
      const { createKey } = await import('./commands/keys.ts');
      process.stdout.write(`${await createKey(options)}\n`);
    });
  keys
    .command('list')
    .description('shows the API keys: id, first characters, when they were made, scopes, name, when they were last used')
    .option('--config <file>', CONFIG_HELP)
    .action(async (options: { config?: string }) => {
      const { listKeys } = await import('./commands/keys.ts');
      process.stdout.write(await listKeys(options));
    });

  keys
    .command('revoke')
    .description('ends an API key for good, with or without a daemon running; when it returns, the daemon takes the key no more')
    .argument('<key>', 'the name of the key, or its id as `simpost keys list` shows it')
    .option('--config <file>', CONFIG_HELP)
    .action(async (key: string, options: { config?: string }) => {
      const { revokeKey } = await import('./commands/keys.ts');
      process.stdout.write(await revokeKey({ ...options, key }));
    });

  program
    .command('users')
    .description('people, who use the console')
    .command('take-factor')
    .description('takes the second factor away from a user who lost the phone; works with or without a daemon running')
    .argument('<name>', 'what the user logs in with')
    .option('--config <file>', CONFIG_HELP)
    .action(async (name: string, options: { config?: string }) => {
      const { takeSecondFactor } = await import('./commands/users.ts');
      process.stdout.write(await takeSecondFactor({ ...options, name }));
    });

  program
    .command('audit')
    .description('the log of what those in charge did')
    .command('verify')
    .description('reads the whole log and says whether it is as it was written; works with or without a daemon running')
    .option('--head <number:hash>', 'an entry that this command printed before, and that must still be there')
    .option('--config <file>', CONFIG_HELP)
    .action(async (options: { head?: string; config?: string }) => {
      const { verifyAudit } = await import('./commands/audit.ts');
      const { text, whole } = await verifyAudit(options);
      process.stdout.write(text);
      code = whole ? 0 : 1;
    });

  withDaemonOptions(program.command('import <gateway>'))
    .description(
      'takes over modems, waiting messages and inbox of gammu or smstools, which must be stopped; run again, nothing comes twice',
    )
    .option('--from <file>', 'its configuration: /etc/gammu-smsdrc or /etc/smsd.conf unless given')
    .option('--dry-run', 'shows what would be taken over, and does nothing')
    .action(async (gateway: string, options: ImportCommand) => {
      if (gateway !== 'gammu' && gateway !== 'smstools') {
        throw new Fault('requestInvalid', `"${gateway}" is none that can be taken over from: there are gammu and smstools.`);
      }
      const { importFrom } = await import('./commands/import.ts');
      await importFrom(gateway, options, { fetch, env: process.env, out: (text) => void process.stdout.write(text) });
    });

  program
    .command('store')
    .description('the store')
    .command('check')
    .description(
      'where no daemon is at work: brings the store up to date, reads it whole, and tries the daemon on it; nothing is accepted or sent',
    )
    .option('--config <file>', CONFIG_HELP)
    .action(async (options: { config?: string }) => {
      const { checkStore } = await import('./commands/store-check.ts');
      process.stdout.write(await checkStore(options));
    });

  program
    .command('setup-token')
    .description(
      'lets a new box be set up from its network, over TLS, for an hour after its start, by whoever has the token that this prints',
    )
    .option('--config <file>', CONFIG_HELP)
    .action(async (options: { config?: string }) => {
      const { setupToken } = await import('./commands/setup-token.ts');
      process.stdout.write(await setupToken(options));
    });

  program
    .command('tls')
    .description('TLS for the API on your own network')
    .command('init')
    .description('makes a certificate for this machine, signed by a root of its own; run again, another one under the same root')
    .option('--name <names...>', 'further names and addresses by which the box is called')
    .option('--dir <dir>', 'where the files go, instead of the folder tls of the data folder')
    .option('--config <file>', CONFIG_HELP)
    .action(async (options: { name?: string[]; dir?: string; config?: string }) => {
      const { initTls } = await import('./commands/tls.ts');
      process.stdout.write(initTls(options));
    });

  const config = program.command('config').description('the configuration file');
  config
    .command('check')
    .description('reads the configuration and names every mistake in it')
    .option('--config <file>', CONFIG_HELP)
    .action(async (options: { config?: string }) => {
      const { describeCheck } = await import('./config/describe.ts');
      process.stdout.write(describeCheck(options.config, process.env));
    });
  config
    .command('print')
    .description('prints the configuration in effect and where each value comes from')
    .option('--config <file>', CONFIG_HELP)
    .option('--defaults', 'prints every option with its default and its description instead')
    .action(async (options: { config?: string; defaults?: boolean }) => {
      const { describeConfig, describeOptions } = await import('./config/describe.ts');
      if (options.defaults) {
        process.stdout.write(describeOptions());
        return;
      }
      const { settingsIn } = await import('./store/settings-beside.ts');
      process.stdout.write(describeConfig(options.config, process.env, { changedIn: settingsIn }));
    });

  try {
    await program.parseAsync(askedOf(program, args), { from: 'user' });
    return code;
  } catch (error) {
    return failed(error);
  }
}

const HELP = ['-h', '--help'];

/**
 * Commander answers whoever wants the help of a command that there is not with the general one, as if all were well; where no
 * help is asked for, it says that there is no such command, and which is nearest.
 */
function askedOf(program: Command, args: readonly string[]): string[] {
  const asked = args[0] === 'help' ? [...args.slice(1), '--help'] : [...args];
  let command = program;
  for (const word of asked.filter((one) => !HELP.includes(one))) {
    if (command.commands.length === 0 || word.startsWith('-')) break;
    const next = command.commands.find((one) => one.name() === word);
    if (!next) return asked.filter((one) => !HELP.includes(one));
    command = next;
  }
  return asked;
}

const CONFIG_HELP = 'the configuration file (default: /etc/simpost/simpost.toml if it is there)';

/** Where the running daemon is, and the key: the same for all commands that ask it. */
function withDaemonOptions(command: Command): Command {
  return command
    .option('--key-file <file>', 'a file that holds an API key (default: what SIMPOST_API_KEY holds)')
    .option('--url <url>', 'address of the daemon, such as http://127.0.0.1:8025 (default: http.listen of the configuration)')
    .option('--config <file>', CONFIG_HELP);
}

/** Says what went wrong in the words of the fault; a stack only for our own mistakes. */
function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode;
  if (error instanceof Fault) {
    const places = error.places.map((p) => `  ${p.pointer}: ${p.detail}\n`).join('');
    process.stderr.write(`simpost: ${error.message}\n${places}`);
    // 78 is EX_CONFIG: systemd/simpost.service does not start again what a restart cannot mend.
    return error.code === 'configInvalid' ? 78 : 1;
  }
  const sentence = systemSentence(error);
  if (sentence !== undefined) {
    process.stderr.write(`simpost: ${sentence}\n`);
    return 1;
  }
  process.stderr.write(`simpost: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 70;
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const n = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(n >= least && n <= most)) throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return n;
  };
}
