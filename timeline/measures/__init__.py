"""Measures of a course: depth of response, shrinkage, growth, hyperprogression, pathology."""
