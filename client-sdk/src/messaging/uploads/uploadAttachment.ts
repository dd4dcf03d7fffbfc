import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { UploadAttachment } from './AttachmentUpload.ts';

/** Stands in for the upload by tus, which another branch brings. */
export const uploadAttachment: UploadAttachment = () => Promise.reject(new ChaxiError('fileNotSupported'));
