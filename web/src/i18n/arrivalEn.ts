import type { ArrivalMessages } from './arrivalMessages.ts';

export const arrivalEn: ArrivalMessages = {
  title: 'Invitation',
  opening: 'Opening your invitation…',
  invitedBy: (name) => (name === '' ? 'You are invited to' : `${name} invites you to`),
  as: {
    host: 'You come as host.',
    guest: 'You come as a guest.',
    expert: 'You come as an expert: your second opinion is asked for.',
    observer: 'You come to watch and listen.',
  },
  guestName: (name) => `For ${name}`,
  name: 'Your name',
  nameHint: 'So that everyone at the table knows who is speaking.',
  enter: 'To the table',
  entering: 'One moment…',
  next: 'Next you see how you look and sound. Nobody sees you before that.',
  noAccount: 'You need no account.',
  retry: 'Try again',
};
