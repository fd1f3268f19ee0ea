package io.closeknit.brief;

/** Says in one line what a brief asks for. */
public interface BriefSummaries {
    /** 'Skin care, beauty · Women 18–34 in Germany or Austria · Instagram, TikTok · 1K to 100K followers'; empty where nothing is asked. */
    String summary(BriefDocument document);
}
