import GRDB

extension Store {
  /// That numbers lie in their pictures: a query that gives a row for each that does not, and what that is.
  ///
  /// In a panorama of a full turn, whose ends are neighbours, a number begins inside the picture and may end beyond its width, by less
  /// than a turn. A picture is one where its own bytes say so, or where its set was read so.
  static func promiseOfBoxes(_ db: Database) throws -> (String, String) {
    let isPanorama =
      try hasPositions(db)
      ? """
      EXISTS (
        SELECT 1 FROM positions
        WHERE positions.source_id = result_sets.source_id AND positions.sha256 = members.sha256 AND projection IS NOT NULL)
      """ : "false"
    return (
      """
      SELECT numbers.result_set_id AS "set", numbers.ordinal, text FROM numbers
      JOIN members USING (result_set_id, ordinal) JOIN result_sets ON result_sets.id = numbers.result_set_id
      WHERE box_left >= width OR box_top + box_height > height OR box_width > width
        OR box_left + box_width > width AND instr(parameters, '"panoramas":1') = 0 AND NOT \(isPanorama)
      """, "a number lies outside of its picture"
    )
  }
}
