/** The fonts that come with us. Nothing else is drawn with, so that pictures look the same on every machine. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FACES = {
  Inter: '@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf',
  'Inter Bold': '@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf',
  Playfair: '@expo-google-fonts/playfair-display/600SemiBold/PlayfairDisplay_600SemiBold.ttf',
  Grotesk: '@expo-google-fonts/space-grotesk/600SemiBold/SpaceGrotesk_600SemiBold.ttf',
  Oswald: '@expo-google-fonts/oswald/500Medium/Oswald_500Medium.ttf',
  Cormorant: '@expo-google-fonts/cormorant-garamond/600SemiBold/CormorantGaramond_600SemiBold.ttf',
  'Zen Maru': '@expo-google-fonts/zen-maru-gothic/700Bold/ZenMaruGothic_700Bold.ttf',
  XiaoWei: '@expo-google-fonts/zcool-xiaowei/400Regular/ZCOOLXiaoWei_400Regular.ttf',
  Nanum: '@expo-google-fonts/nanum-gothic/700Bold/NanumGothic_700Bold.ttf',
  Arabic: '@expo-google-fonts/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf',
  Hebrew: '@expo-google-fonts/noto-sans-hebrew/600SemiBold/NotoSansHebrew_600SemiBold.ttf',
  Devanagari: '@expo-google-fonts/noto-sans-devanagari/600SemiBold/NotoSansDevanagari_600SemiBold.ttf',
  Thai: '@expo-google-fonts/noto-sans-thai/600SemiBold/NotoSansThai_600SemiBold.ttf',
  Emoji: '@expo-google-fonts/noto-emoji/600SemiBold/NotoEmoji_600SemiBold.ttf',
} as const;

export type Face = keyof typeof FACES;

/** Faces whose file is not where its package should have it. */
export const missingFonts = (): Face[] =>
  (Object.keys(FACES) as Face[]).filter((face) => {
    try {
      return !existsSync(fileOf(face));
    } catch {
      // The package itself is not there.
      return true;
    }
  });

/** Path of its font file. */
export const fileOf = (face: Face): string => fileURLToPath(import.meta.resolve(FACES[face]));
