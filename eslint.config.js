import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';

/** Folders by level; a file may import from levels below its own, and from its own folder. See docs/architecture.md. */
const server = (...folders) => folders.map((folder) => `./server/${folder}`);
const levels = [
  { folders: ['./config'], mayImport: ['./protocol'] },
  { folders: ['./protocol'], mayImport: [] },
  { folders: server('base'), mayImport: [] },
  { folders: server('auth', 'storage', 'cluster'), mayImport: server('base') },
  { folders: server('media', 'messaging'), mayImport: server('base', 'auth', 'storage', 'cluster') },
  { folders: server('rooms'), mayImport: server('base', 'auth', 'storage', 'cluster', 'media', 'messaging') },
  {
    folders: server('signaling', 'realtime', 'http'),
    mayImport: server('base', 'auth', 'storage', 'cluster', 'media', 'messaging', 'rooms'),
  },
];
const everything = ['./config', './server', './client-sdk', './web', './bench', './test', './scripts'];

const zones = [
  // config may know protocol; protocol knows nothing.
  { target: './protocol', from: everything, message: 'protocol/ is shared by all and imports nothing.' },
  {
    target: './config',
    from: everything.filter((folder) => folder !== './config'),
    message: 'config/ imports protocol/ only.',
  },
  ...levels.slice(2).flatMap(({ folders, mayImport }) =>
    folders.map((folder) => ({
      target: folder,
      from: levels
        .slice(2)
        .flatMap((level) => level.folders)
        .filter((other) => other !== folder && !mayImport.includes(other)),
      message: 'Imports go down the list of folders in docs/architecture.md only.',
    })),
  ),
  { target: './server', from: ['./client-sdk', './web', './bench', './test'], message: 'server/ knows no client.' },
  {
    target: './client-sdk',
    from: ['./config', './server', './web', './bench', './test', './scripts'],
    message: 'The SDK imports protocol/ only.',
  },
  {
    target: './web',
    from: ['./config', './server', './bench', './test', './scripts', './protocol'],
    message: 'The pages are built on the public SDK alone.',
  },
];

export default tseslint.config(
  { ignores: ['**/dist/', 'data/', 'node_modules/', 'bench/out/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.js', '.mjs'] })] },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['server/main.ts', 'server/cli.ts', 'client-sdk/src/Logger.ts', 'bench/**', 'scripts/**'],
    rules: { 'no-console': 'off' },
  },
  // chai states an expectation as a property: expect(x).to.be.true
  { files: ['test/**'], rules: { '@typescript-eslint/no-unused-expressions': 'off' } },
);
