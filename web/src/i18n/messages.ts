import type { ConnectionQuality, ErrorCode, Role } from '../../../client-sdk/src/index.ts';

/** What happened, and what to do about it. */
export interface ErrorText {
  what: string;
  how: string;
}

/** A missing code is a type error, so no failure can meet a person without words. */
export type ErrorTexts = Readonly<Record<ErrorCode, ErrorText>>;

/** Every word of the pages. A language is one object of this type. */
export interface Messages {
  errors: ErrorTexts;
  /** Between two sentences. */
  gap: string;
  /** An error in one line. */
  sentence: (error: ErrorText) => string;
  roles: Readonly<Record<Role, string>>;
  qualities: Readonly<Record<ConnectionQuality, string>>;
  brand: string;
  tagline: string;
  start: {
    intro: string;
    demoTitle: string;
    demoHint: string;
    /** What one can do in the demo room with this role. */
    demoRoles: Readonly<Record<Role, string>>;
  };
  preview: {
    title: string;
    as: (role: string, name: string) => string;
    opening: string;
    cameraOff: string;
    withoutMedia: string;
    withoutMediaHint: string;
    bothDenied: ErrorText;
    stillJoin: string;
    retry: string;
    join: string;
    joining: string;
    level: string;
    closeUpHint: string;
    devices: string;
  };
  devices: {
    camera: string;
    microphone: string;
    speaker: string;
    closeUp: string;
    none: string;
    systemDefault: string;
    unnamed: (number: number) => string;
    testSpeaker: string;
  };
  lobby: { title: string; hint: string; leave: string };
  room: {
    label: string;
    closeUp: string;
    screen: string;
    you: string;
    alone: string;
    aloneHint: string;
    showOnStage: (what: string) => string;
    unpin: (what: string) => string;
    microphoneOff: string;
    reconnecting: string;
  };
  controls: {
    label: string;
    microphone: string;
    camera: string;
    closeUp: string;
    screen: string;
    people: string;
    settings: string;
    leave: string;
    close: string;
  };
  people: {
    title: (count: number) => string;
    waiting: string;
    admit: string;
    decline: string;
    mute: (name: string) => string;
    remove: (name: string) => string;
    removeQuestion: (name: string) => string;
    removeConfirm: string;
    cancel: string;
  };
  settings: {
    title: string;
    language: string;
    theme: string;
    themes: { auto: string; light: string; dark: string };
    shortcuts: string;
    shortcutsOn: string;
    shortcutKeys: readonly (readonly [key: string, action: string])[];
  };
  notices: {
    label: string;
    joined: (name: string) => string;
    left: (name: string) => string;
    waits: (name: string) => string;
    waitsMore: (name: string, others: number) => string;
    reconnecting: string;
    reconnected: string;
    audioBlocked: string;
    audioUnblock: string;
    mutedByModerator: string;
    hiddenByModerator: string;
    dismiss: string;
  };
  left: {
    title: string;
    hint: string;
    rejoin: string;
    reload: string;
    details: (code: string) => string;
  };
}
