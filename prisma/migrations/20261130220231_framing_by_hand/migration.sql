-- AlterTable
ALTER TABLE "moments" ADD COLUMN     "framing" JSONB NOT NULL DEFAULT '[]';

-- Each shot has a time and one way of being framed: a face by its number, a rectangle within the picture, or the whole. (A share that
-- was rounded may pass 1 by a little.)
ALTER TABLE moments ADD CONSTRAINT moments_framing_check CHECK (
  jsonb_typeof(framing) = 'array' AND jsonb_array_length(framing) <= 100
  AND NOT jsonb_path_exists(framing, 'strict $[*] ? (@.type() != "object")')
  AND jsonb_array_length(framing) = jsonb_array_length(jsonb_path_query_array(framing, '$[*] ? (
    @.type() == "object" && @.atSeconds.type() == "number" && @.atSeconds >= 0 && (
      (@.face.type() == "number" && @.face >= 0 && @.face < 20 && @.face == @.face.floor()
        && !exists(@.rectangle) && !exists(@.whole))
      || (@.whole == true && !exists(@.face) && !exists(@.rectangle))
      || (@.rectangle.type() == "object" && @.rectangle.x >= 0 && @.rectangle.y >= 0
        && @.rectangle.width > 0 && @.rectangle.height > 0
        && @.rectangle.x + @.rectangle.width < 1.00001 && @.rectangle.y + @.rectangle.height < 1.00001
        && !exists(@.face) && !exists(@.whole))))'))
);
