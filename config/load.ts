import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, type ConfigProblem } from './ConfigError.ts';
import { crossChecks } from './crossChecks.ts';
import { loadDevelopmentKey } from './developmentKey.ts';
import { explainIssue } from './explainIssue.ts';
import { FILE_VARIABLE, readEnvironment } from './readEnvironment.ts';
import { isPlainObject, readConfigFile } from './readFile.ts';
import { configSchema, type Config } from './schema.ts';

export interface ConfigSources {
  /** Arguments after the script's name; only `--config FILE` is known. */
  argv?: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

/**
 * The configuration: defaults < file < environment. Paths in it are absolute. In development mode it has an API key in
 * any case, made in dataDir where none was given.
 * @throws ConfigError with every unknown key, unknown `CHAXI_` variable and bad value.
 */
export function loadConfig({ argv = [], env = process.env, cwd = process.cwd() }: ConfigSources = {}): Config {
  const problems: ConfigProblem[] = [];
  const file = configFile(argv, env, problems);
  const content = file === null ? {} : readConfigFile(resolve(cwd, file), problems);
  const environment = readEnvironment(env, problems);
  if (content === null) {
    throw new ConfigError(problems);
  }
  const input = { mode: env.NODE_ENV === 'production' ? 'production' : 'development', ...content };
  for (const { key, value } of environment) {
    setPath(input, key.path.split('.'), value);
  }
  const parsed = configSchema.safeParse(input);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.flatMap((issue) => explainIssue(issue, input)));
  }
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(withoutRepeats(problems));
  }
  return complete(withAbsolutePaths(parsed.data, cwd));
}

function configFile(argv: readonly string[], env: NodeJS.ProcessEnv, problems: ConfigProblem[]): string | null {
  try {
    const { values } = parseArgs({ args: [...argv], options: { config: { type: 'string' } } });
    return values.config ?? (env[FILE_VARIABLE] || null);
  } catch (error) {
    problems.push({ where: 'command line', what: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

/** Sections are copied on the way. A section that is no object stays as it is, for the schema to refuse. */
function setPath(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name, ...rest] = path;
  if (name === undefined) {
    return;
  }
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const section = target[name] ?? {};
  if (isPlainObject(section)) {
    const copy = { ...section };
    target[name] = copy;
    setPath(copy, rest, value);
  }
}

/** Several faults inside one key, say two bad items of a list, read the same. */
function withoutRepeats(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.where}\n${problem.what}`, problem])).values()];
}

function withAbsolutePaths(config: Config, cwd: string): Config {
  const { certFile, keyFile } = config.http.tls;
  const tls = {
    certFile: certFile === null ? null : resolve(cwd, certFile),
    keyFile: keyFile === null ? null : resolve(cwd, keyFile),
  };
  const withCaFile = <Section extends { caFile: string | null }>(section: Section): Section => ({
    ...section,
    caFile: section.caFile === null ? null : resolve(cwd, section.caFile),
  });
  return {
    ...config,
    http: { ...config.http, tls },
    database: withCaFile(config.database),
    redis: withCaFile(config.redis),
    dataDir: resolve(cwd, config.dataDir),
  };
}

function complete(config: Config): Config {
  const problems = crossChecks(config);
  if (problems.length > 0) {
    throw new ConfigError(problems);
  }
  if (config.mode === 'production' || Object.keys(config.auth.apiKeys).length > 0) {
    return config;
  }
  const { apiKey, apiSecret } = loadDevelopmentKey(config.dataDir);
  return { ...config, auth: { ...config.auth, apiKeys: { [apiKey]: apiSecret } } };
}
