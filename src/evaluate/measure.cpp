// SPDX-License-Identifier: Apache-2.0
#include "evaluate/measure.h"

namespace agate::evaluate {

int grade_on(const Subject& subject, Day day) {
    const Subject::GradeFrom* found = nullptr;
    for (const Subject::GradeFrom& change : subject.grades) {
        if (change.from <= day && (found == nullptr || found->from < change.from)) {
            found = &change;
        }
    }
    return found == nullptr ? subject.grade : found->grade;
}

void LeftOut::tell(std::vector<ReasonNote>& notes, MessageArgs args) && {
    if (evidence_.empty()) {
        return;
    }
    args.insert(args.begin(), {"count", std::to_string(evidence_.size())});
    notes.push_back(
        {.code = std::move(code_), .args = std::move(args), .evidence = std::move(evidence_)});
}

}  // namespace agate::evaluate
