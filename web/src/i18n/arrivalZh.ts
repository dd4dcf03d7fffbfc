import type { ArrivalMessages } from './arrivalMessages.ts';

export const arrivalZh: ArrivalMessages = {
  title: '邀请',
  opening: '正在打开邀请……',
  invitedBy: (name) => (name === '' ? '诚邀您入席' : `${name}邀您入席`),
  as: {
    host: '您将以席主身份入席。',
    guest: '您将以茶客身份入席。',
    expert: '您将以鉴茶师身份入席，请您品鉴，给些意见。',
    observer: '您将在一旁观看、旁听。',
  },
  guestName: (name) => `致　${name}`,
  name: '您的称呼',
  nameHint: '席上的人就知道是谁在说话。',
  enter: '入席',
  entering: '请稍候……',
  next: '接下来先看看自己的画面和声音，在那之前没有人看得到您。',
  noAccount: '无需注册。',
  retry: '再试一次',
};
