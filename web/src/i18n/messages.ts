import type { ConnectionQuality, ErrorCode, QualityReason, Role, StillSource } from '../../../client-sdk/src/index.ts';
import type { ArrivalMessages } from './arrivalMessages.ts';
import type { ChatMessages } from './chatMessages.ts';
import type { CupMessages } from './cupMessages.ts';
import type { InvitesMessages } from './invitesMessages.ts';
import type { PeopleMessages } from './peopleMessages.ts';
import type { GuideMessages } from './guideMessages.ts';
import type { NotesMessages } from './notesMessages.ts';
import type { RoomsMessages } from './roomsMessages.ts';

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
  cup: CupMessages;
  chat: ChatMessages;
  people: PeopleMessages;
  invites: InvitesMessages;
  guide: GuideMessages;
  notes: NotesMessages;
  rooms: RoomsMessages;
  arrival: ArrivalMessages;
  /** Between two sentences. */
  gap: string;
  /** An error in one line. */
  sentence: (error: ErrorText) => string;
  roles: Readonly<Record<Role, string>>;
  qualities: Readonly<Record<ConnectionQuality, string>>;
  /** What a network suffers from, in a word or two. */
  qualityReasons: Readonly<Record<QualityReason, string>>;
  qualityWith: (quality: string, reason: string) => string;
  /** To a person whose own network is poor: what it means, and what to do. */
  networkAdvice: Readonly<Record<QualityReason, string>>;
  brand: string;
  tagline: string;
  start: {
    intro: string;
    demoTitle: string;
    demoHint: string;
    /** What one can do in the demo room with this role. */
    demoRoles: Readonly<Record<Role, string>>;
  };
  /** The page that prints the colour card. */
  card: {
    title: string;
    intro: string;
    steps: readonly string[];
    /** How true a printed card is. */
    truth: string;
    print: string;
    /** Of the drawing. */
    drawing: string;
    /** Printed beside the card. */
    caption: string;
    printedOn: (date: string) => string;
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
    guide: string;
    notes: string;
    people: string;
    more: string;
    settings: string;
    leave: string;
    close: string;
  };
  stills: {
    control: string;
    title: (count: number, complete: boolean) => string;
    /** On a picture of the room, in one or two words. */
    take: string;
    takeOf: (what: string) => string;
    empty: string;
    /** How a first one comes about, for those who may ask for it. */
    emptyHint: string;
    emptyWatching: string;
    older: string;
    view: string;
    takenByYou: string;
    takenBy: (name: string) => string;
    takenOfYou: (name: string) => string;
    sources: Readonly<Record<StillSource, string>>;
    /** Asked for by. */
    by: (name: string) => string;
    size: (width: number, height: number) => string;
    corrected: string;
    uncorrected: string;
    picture: (what: string) => string;
    pictureHint: string;
    /** The small picture is there, the large one is on its way. */
    loading: string;
    failed: string;
    newer: string;
    olderOne: string;
    zoomIn: string;
    zoomOut: string;
    fit: string;
    scale: (percent: number) => string;
    download: string;
    remove: string;
    removeQuestion: string;
    removeConfirm: string;
  };
  picker: {
    start: string;
    title: string;
    hint: string;
    area: string;
    areas: { point: string; small: string; large: string };
    copy: string;
    copied: string;
    notCopied: string;
    /** For who hears the page: the colour that was picked. */
    said: (word: string, hex: string) => string;
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
