import { settings } from "#app/server/env.server.ts";

/** Tells browsers and readers how to search here: see https://github.com/dewitt/opensearch */
export function loader() {
  const { siteUrl, siteName } = settings();
  const address = escapeXml(siteUrl);
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>${escapeXml([...siteName].slice(0, 16).join(""))}</ShortName>
  <Description>${escapeXml(`Search posts and people on ${siteName}`)}</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Image width="16" height="16" type="image/svg+xml">${address}/favicon.svg</Image>
  <Url type="text/html" method="get" template="${address}/search?q={searchTerms}"/>
  <Url type="application/opensearchdescription+xml" rel="self" template="${address}/opensearch.xml"/>
</OpenSearchDescription>
`;
  return new Response(xml, {
    headers: {
      "Content-Type": "application/opensearchdescription+xml; charset=utf-8",
      "Cache-Control": "public, max-age=86400",
    },
  });
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
