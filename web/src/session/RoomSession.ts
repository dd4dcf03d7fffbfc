import {
  TastingRoom,
  type ErrorCode,
  type Participant,
  type ParticipantInfo,
  type Role,
  type Still,
  type Track,
} from '../../../client-sdk/src/index.ts';
import { RoomGuide } from '../guide/RoomGuide.ts';
import { messagesIn, type Language } from '../i18n/languages.ts';
import type { Messages } from '../i18n/messages.ts';
import { stageScene, type Staging } from '../layout/stagePolicy.ts';
import { RoomNotes } from '../notes/RoomNotes.ts';
import { describeAside, type Aside } from './asidePolicy.ts';
import { AudioOutput } from './AudioOutput.ts';
import type { CaptureSource } from './CaptureSlot.ts';
import { CupCamera } from './CupCamera.ts';
import { CupColor } from './CupColor.ts';
import { errorCodeOf } from './errorCodeOf.ts';
import { Hosting } from './Hosting.ts';
import { Invitations } from './Invitations.ts';
import { LocalMedia } from './LocalMedia.ts';
import { NetworkAdvice } from './NetworkAdvice.ts';
import { Notices, type NoticeDetails } from './Notices.ts';
import { Observable } from './observable.ts';
import { listPeople, toScenePerson } from './people.ts';
import { loadPreferences } from './preferences.ts';
import { notesPageLink, peekToken, type TokenPeek } from './roomLink.ts';
import { RoomChat } from './RoomChat.ts';
import { Stills } from './Stills.ts';
import { watchRoom } from './watchRoom.ts';
import { whenIdle } from './whenIdle.ts';

/** Which page of the room a person sees. */
export type Phase = 'preview' | 'joining' | 'lobby' | 'room' | 'left';

export interface RoomSessionOptions {
  url: string;
  token: string;
  language: Language;
  /** Tells the page around: `joined`, `left` (null: by one's own will) and every error. */
  onJoined(): void;
  onLeft(code: ErrorCode | null): void;
  onError(code: ErrorCode): void;
  /** Shows the conversation of the room. */
  onOpenChat(): void;
}

/** One person's way through one room: preview, perhaps lobby, room, left. The components show what it holds. */
export class RoomSession extends Observable {
  readonly room: TastingRoom;
  readonly media: LocalMedia;
  readonly audio: AudioOutput;
  readonly notices = new Notices();
  readonly stills: Stills;
  readonly chat: RoomChat;
  readonly guide: RoomGuide;
  readonly notes: RoomNotes;
  readonly networkAdvice: NetworkAdvice;
  readonly hosting: Hosting;
  readonly invitations: Invitations;
  /** One's own close-up camera, and its colours. */
  readonly cup: CupCamera;
  readonly cupColor: CupColor;
  /** What the link says of itself, until the server has said it. */
  readonly peek: TokenPeek | null;
  readonly #options: RoomSessionOptions;
  #language: Language;
  #phase: Phase = 'preview';
  #leftBecause: ErrorCode | null = null;
  #leftWords: string | null = null;
  #isAsideGuest = false;
  #pinned: string | null = null;
  #lastSpeakerId: string | null = null;
  #closed = false;

  constructor(options: RoomSessionOptions) {
    super();
    this.#options = options;
    this.#language = options.language;
    this.peek = peekToken(options.token);
    const preferences = loadPreferences();
    this.media = new LocalMedia(preferences);
    this.audio = new AudioOutput(preferences.speaker);
    this.room = new TastingRoom({ url: options.url, token: options.token });
    const { room } = this;
    const attempt = (step: () => Promise<unknown>) => this.#try(step);
    this.stills = new Stills({ room, attempt });
    this.hosting = new Hosting({ room, attempt });
    this.invitations = new Invitations({ room, attempt });
    this.chat = new RoomChat({
      room: this.room,
      serverUrl: options.url,
      language: () => this.#language,
      viewStill: (stillId) => this.#viewStill(stillId),
      onMessage: (message, text) => this.#announceMessage(message.from.name, text),
    });
    this.guide = new RoomGuide({ room: this.room, listSeparator: () => this.t.guide.listSeparator, attempt });
    this.notes = new RoomNotes({ room: this.room, attempt });
    this.networkAdvice = new NetworkAdvice(this.room.localParticipant);
    this.cup = new CupCamera(this.media.slots.teaCloseUp);
    this.cupColor = new CupColor(this.cup, options.url);
    watchRoom(this);
    const { media, notices, stills, chat, guide, notes, networkAdvice, hosting, invitations, cup, cupColor } = this;
    for (const part of [
      media,
      notices,
      stills,
      chat,
      guide,
      notes,
      networkAdvice,
      hosting,
      invitations,
      cup,
      cupColor,
    ]) {
      part.subscribe(() => this.changed());
    }
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Why the room was left; null where it was one's own will. */
  get leftBecause(): ErrorCode | null {
    return this.#leftBecause;
  }

  /** What the host wrote to who was not let in. */
  get leftWords(): string | null {
    return this.#leftWords;
  }

  get language(): Language {
    return this.#language;
  }

  set language(language: Language) {
    this.#language = language;
    this.chat.refresh();
    this.changed();
  }

  /** The words, in the language that is chosen now. */
  get t(): Messages {
    return messagesIn(this.#language);
  }

  get people(): Participant[] {
    return listPeople(this.room);
  }

  get waiting(): readonly ParticipantInfo[] {
    return this.room.waiting;
  }

  get staging(): Staging {
    return stageScene({
      people: this.people.map(toScenePerson),
      pinned: this.#pinned,
      lastSpeakerId: this.#lastSpeakerId,
    });
  }

  get pinned(): string | null {
    return this.#pinned;
  }

  /** Who hears whom, where it is not everyone. */
  get aside(): Aside | null {
    const { localParticipant, participants } = this.room;
    const others = [...participants.values()];
    return describeAside({ isGuest: this.#isAsideGuest, selfId: localParticipant.participantId, others });
  }

  /** Where the pages of this room come from. */
  get serverUrl(): string {
    return this.#options.url;
  }

  /** The page with the own notes of this room, to print and to keep. */
  get notesPage(): string {
    const { url, token } = this.#options;
    return notesPageLink({ url, token, lang: this.#language });
  }

  /** Warms the join up and opens the preview. */
  start(): void {
    if (!TastingRoom.isSupported()) return this.end('browserUnsupported');
    if (this.peek && !this.peek.publishes) this.media.setGrants({ publish: [] });
    // With a link that can not be read nobody is asked for a camera.
    if (this.peek) void this.media.openPreview();
    this.#prepare();
  }

  async join(): Promise<void> {
    this.#show('joining');
    await this.#try(() => this.room.join(), { fatal: true });
  }

  async leave(): Promise<void> {
    await this.#try(() => this.room.leave());
    this.end(null);
  }

  /** Back to the preview, with the same link. */
  again(): void {
    this.#leftBecause = null;
    this.#leftWords = null;
    this.#pinned = null;
    this.#show('preview');
    this.start();
  }

  togglePin(key: string): void {
    this.#pinned = this.#pinned === key ? null : key;
    this.changed();
  }

  /** Puts one's own close-up on the stage. */
  showCup(): void {
    const key = `${this.room.localParticipant.participantId}/teaCloseUp`;
    if (this.staging.stage?.key !== key) this.togglePin(key);
  }

  /** In the room a failure is told as a notice. */
  async toggleSlot(source: CaptureSource): Promise<void> {
    await this.media.slots[source].toggle();
    this.#reportSlot(source);
  }

  /** Returns false where there is no second camera to use for it. */
  async toggleCloseUp(): Promise<boolean> {
    const found = await this.media.toggleCloseUp();
    this.#reportSlot('teaCloseUp');
    return found;
  }

  async shareScreen(): Promise<void> {
    const { localParticipant } = this.room;
    const { screen, screenAudio } = { screen: 'screen', screenAudio: 'screenAudio' } as const;
    if (!localParticipant.tracks.has(screen)) {
      await this.#try(() => localParticipant.publishScreen());
      return;
    }
    const published = [screen, screenAudio].filter((source) => localParticipant.tracks.has(source));
    await this.#try(() => Promise.all(published.map((source) => localParticipant.unpublish(source))));
  }

  async sendStill(still: Still): Promise<void> {
    await this.chat.sendStill(still);
    this.notices.add(this.t.chat.stillSent);
  }

  /** To be called in a click. */
  startAudio(): Promise<void> {
    return this.#try(() => this.room.startAudio());
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.cupColor.close();
    this.media.exit();
    this.audio.close();
    this.notices.close();
    this.chat.close();
    void this.room.leave().catch(() => undefined);
  }

  /** @internal In the room: after the join, also through a lobby, or after speaking aside, when all is published already. */
  async entered(): Promise<void> {
    const wasAside = this.#isAsideGuest;
    this.#isAsideGuest = false;
    this.#show('room');
    this.#options.onJoined();
    if (!wasAside) await this.#publish();
    // Messages come after the pictures.
    await whenIdle();
    if (this.#isInRoom) await this.chat.open();
  }

  /** @internal With the host alone: everything is as in the room, but nobody else knows, and there is no conversation. */
  async enteredAside(): Promise<void> {
    this.#isAsideGuest = true;
    this.#show('room');
    await this.#publish();
  }

  /** @internal Said only in the room: who was there before is no news. */
  announce(text: string, details?: NoticeDetails): void {
    if (this.#phase === 'room') this.notices.add(text, details);
    this.changed();
  }

  /** @internal After the preview, or back from speaking aside. */
  async waits(): Promise<void> {
    this.#isAsideGuest = false;
    this.#show('lobby');
    await this.media.waitOutside();
    if (this.room.grants?.lookAhead) await this.stills.reload();
  }

  /** @internal What one may do changed, with the role. */
  roleChanged(role: Role): void {
    if (this.room.grants) this.media.setGrants(this.room.grants);
    const { toHost, toOther } = this.t.people.roleChanged;
    this.announce(role === 'host' ? toHost : toOther(this.t.roles[role]), { stays: true });
  }

  /** @internal The room is left; a second reason does not replace the first. */
  end(code: ErrorCode | null, words: string | null = null): void {
    if (this.#phase === 'left' || this.#closed) return;
    this.#leftBecause = code;
    this.#leftWords = words;
    this.#isAsideGuest = false;
    this.cupColor.close();
    this.media.exit();
    this.audio.close();
    this.notices.close();
    this.stills.view(null);
    this.chat.close();
    this.#show('left');
    if (code !== null) this.#options.onError(code);
    this.#options.onLeft(code);
  }

  /** @internal */
  speakersChanged(speakers: readonly Participant[]): void {
    this.#lastSpeakerId = speakers.find(({ isLocal }) => !isLocal)?.participantId ?? this.#lastSpeakerId;
    this.changed();
  }

  /** @internal An own track was muted or unmuted, here or by a moderator. */
  ownTrackChanged(track: Track): void {
    const slot = Object.values(this.media.slots).find(({ source }) => source === track.source);
    if (track.muted && slot?.wanted) {
      const { mutedByModerator, hiddenByModerator } = this.t.notices;
      this.notices.add(track.kind === 'audio' ? mutedByModerator : hiddenByModerator, { stays: true });
    }
    slot?.refresh();
  }

  /** @internal */
  refresh(): void {
    this.chat.refresh();
    this.changed();
  }

  /** @internal Something failed that does not end the session. */
  report(code: ErrorCode): void {
    this.notices.add(this.t.sentence(this.t.errors[code]), { stays: true });
    this.#options.onError(code);
  }

  /** Where the conversation is open it can be seen there. */
  #announceMessage(name: string, text: string): void {
    if (this.chat.isShown) return;
    const { notice, open } = this.t.chat;
    this.announce(notice(name, text), { action: { label: open, act: () => this.#options.onOpenChat() } });
  }

  #viewStill(stillId: string): boolean {
    const isHere = this.stills.list.some((still) => still.stillId === stillId);
    if (isHere) this.stills.view(stillId);
    return isHere;
  }

  #reportSlot(source: CaptureSource): void {
    const { error } = this.media.slots[source];
    if (error !== null) this.report(error);
  }

  get #isInRoom(): boolean {
    return this.#phase === 'room' && !this.#isAsideGuest;
  }

  async #publish(): Promise<void> {
    if (this.room.grants) this.media.setGrants(this.room.grants);
    await this.media.enter(this.room.localParticipant);
    for (const { source } of Object.values(this.media.slots)) this.#reportSlot(source);
    await Promise.all([this.stills.reload(), this.notes.entered()]);
  }

  #prepare(): void {
    void this.#try(
      async () => {
        await this.room.prepare();
        if (this.room.grants) this.media.setGrants(this.room.grants);
      },
      { fatal: true },
    );
  }

  async #try(step: () => Promise<unknown>, { fatal = false } = {}): Promise<void> {
    try {
      await step();
    } catch (error) {
      const code = errorCodeOf(error);
      if (fatal) this.end(code);
      else if (code !== 'screenDenied') this.report(code);
    }
  }

  #show(phase: Phase): void {
    this.#phase = phase;
    this.changed();
  }
}
