import type { RoomsMessages } from './roomsMessages.ts';

export const roomsZh: RoomsMessages = {
  title: '今日茶席',
  waitingCount: (count) => `${count} 人在等`,
  waits: (name) => `${name}在门外等候`,
  waitedFor: (minutes) => {
    if (minutes < 1) return '刚到';
    if (minutes < 60) return `已等 ${minutes} 分钟`;
    return `已等 ${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分钟`;
  },
  saidWaiting: (name, room) => `${name}在“${room}”门外等候`,
  role: (role, name) => `${role}　${name}`,
  nobody: '席上无人',
  locked: '已上锁',
  enterAsHost: '去迎客',
  enter: '入席',
  enterRoom: (room) => `以席主身份进入“${room}”`,
  entering: '正在打开……',
  blocked: (room) => `浏览器没有为“${room}”打开新标签页。`,
  blockedLink: '在这里打开',
  open: '开一席茶',
  name: '茶席名称',
  namePlaceholder: '周六春茶会',
  lobby: '客人先在门外等候，由我请入',
  lobbyHint: '建议保留：先看到来客，再请入席。',
  create: '开席',
  cancel: '取消',
  empty: '现在没有茶席',
  emptyHint: '有人打开茶席链接，或您开一席茶，它就会出现在这里。',
  loading: '正在查看茶席……',
};
